using System.Security.Cryptography;
using AniWorld.Services.Disk;

namespace AniWorld.Services.Library;

/// <summary>Moves files and folders, also from one file system to another: there it copies, verifies, and only then removes.</summary>
public static class SafeMove
{
    private const int CrossDevice = 18;
    private const int WindowsNotSameDevice = unchecked((int)0x80070011);

    /// <remarks>A link is moved as a link. The target's folder must exist; the target must not.</remarks>
    /// <exception cref="IOException">Nothing was removed; a target that was begun is gone again.</exception>
    public static void Move(string source, string target)
    {
        try
        {
            // For files too: it is a plain rename, where File.Move would copy without a look at the result.
            Directory.Move(source, target);
        }
        catch (IOException e) when (e.HResult is CrossDevice or WindowsNotSameDevice)
        {
            CopyThenRemove(source, target);
        }
    }

    /// <summary>What <see cref="Move"/> does between two file systems.</summary>
    internal static void CopyThenRemove(string source, string target)
    {
        if (Path.Exists(target))
        {
            throw new IOException($"'{target}' is there already.");
        }

        try
        {
            Copy(source, target);
            Durable.FlushFolder(Path.GetDirectoryName(Path.GetFullPath(target))!);
        }
        catch
        {
            Remove(target);
            throw;
        }

        Remove(source);
    }

    private static void Copy(string source, string target)
    {
        if (RealPath.LinkTarget(source) is { } link)
        {
            File.CreateSymbolicLink(target, link);
        }
        else if (Directory.Exists(source))
        {
            Directory.CreateDirectory(target);
            foreach (var entry in Directory.EnumerateFileSystemEntries(source))
            {
                Copy(entry, Path.Join(target, Path.GetFileName(entry)));
            }

            Durable.FlushFolder(target);
        }
        else
        {
            CopyFile(source, target);
        }
    }

    private static void CopyFile(string source, string target)
    {
        using (var read = File.OpenRead(source))
        using (var write = new FileStream(target, FileMode.CreateNew, FileAccess.Write))
        {
            read.CopyTo(write, 1 << 20);
            write.Flush();
            Durable.FlushFile(write.SafeFileHandle, write.Name);
        }

        File.SetLastWriteTimeUtc(target, File.GetLastWriteTimeUtc(source));
        if (!Hash(source).SequenceEqual(Hash(target)))
        {
            throw new IOException($"'{target}' is not the same as '{source}' after it was copied; the disk may be faulty.");
        }
    }

    private static byte[] Hash(string path)
    {
        using var file = File.OpenRead(path);
        return SHA256.HashData(file);
    }

    private static void Remove(string path)
    {
        if (RealPath.LinkTarget(path) is null && Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }
}
