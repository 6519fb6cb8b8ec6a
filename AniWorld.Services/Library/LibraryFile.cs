using AniWorld.Services.Disk;

namespace AniWorld.Services.Library;

/// <summary>Small files that AniWorld puts beside videos. Media servers run as other users, so that everybody may read them.</summary>
internal static class LibraryFile
{
    /// <summary>Puts a file in place as a whole, in the place of an older one or of a link, unless it is there with the same content.</summary>
    /// <exception cref="IOException">It could not be written; an older one is unharmed.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        if (!Holds(path, content))
        {
            Put(path, content, static (unfinished, path) => File.Move(unfinished, path, overwrite: true));
        }
    }

    /// <summary>The same where nothing may be there yet.</summary>
    /// <returns>False when something has that name; it was left as it is.</returns>
    /// <exception cref="IOException">It could not be written.</exception>
    public static bool WriteNew(string path, ReadOnlySpan<byte> content)
    {
        if (Path.Exists(path) || RealPath.LinkTarget(path) is not null)
        {
            return false;
        }

        try
        {
            Put(path, content, NewName.Give);
            return true;
        }
        catch (IOException) when (Path.Exists(path))
        {
            return false;
        }
    }

    /// <returns>False also when it is a link, is not there, or cannot be read.</returns>
    private static bool Holds(string path, ReadOnlySpan<byte> content)
    {
        var file = new FileInfo(path);
        return file.Exists && file.LinkTarget is null && file.Length == content.Length && content.SequenceEqual(File.ReadAllBytes(path));
    }

    private static void Put(string path, ReadOnlySpan<byte> content, Action<string, string> place)
    {
        // Hidden, so that no media server takes it for something.
        var folder = Path.GetDirectoryName(path)!;
        var unfinished = Path.Join(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(content);
                file.Flush();
                Durable.FlushFile(file.SafeFileHandle, unfinished);
            }

            place(unfinished, path);
            Durable.FlushFolder(folder);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
