namespace AniWorld.Services.Disk;

/// <summary>Replaces a small file so that a crash leaves the old content or the new one, never a mix.</summary>
internal static class AtomicFile
{
    /// <summary>Flushes the content, renames it into place and flushes the folder. The file is readable by its owner alone.</summary>
    /// <exception cref="IOException">Nothing was replaced, or it was but the folder could not be flushed.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var unfinished = path + ".tmp";
        File.Delete(unfinished);
        try
        {
            using (var file = OwnersFile.Create(unfinished))
            {
                file.Write(content);
                file.Flush();
                Durable.FlushFile(file.SafeFileHandle, unfinished);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }

        Durable.FlushFolder(folder);
    }
}
