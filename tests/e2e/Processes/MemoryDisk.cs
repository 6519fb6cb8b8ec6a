using static AniWorld.E2E.Processes.ShortCommand;

namespace AniWorld.E2E.Processes;

/// <summary>A small disk of its own, in memory, mounted at a folder below a temporary one.</summary>
internal sealed class MemoryDisk : IDisposable
{
    private MemoryDisk(string folder, string path) => (Folder, Path) = (folder, path);

    /// <summary>The temporary folder, for <see cref="ServerStart.Folder"/>.</summary>
    public string Folder { get; }

    /// <summary>Where the disk is mounted.</summary>
    public string Path { get; }

    private string Filler => System.IO.Path.Join(Path, "somebody-else.bin");

    /// <summary>Mounts one, or skips the test where that is not allowed.</summary>
    /// <param name="name">Below <see cref="Folder"/>, such as <c>library</c>.</param>
    public static MemoryDisk Mount(string name, int megabytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can mount a disk.");
        var folder = Directory.CreateTempSubdirectory("aniworld-e2e-").FullName;
        var path = Directory.CreateDirectory(System.IO.Path.Join(folder, name)).FullName;
        if (!Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "aniworld-e2e", path))
        {
            Directory.Delete(folder, recursive: true);
            Assert.Skip("A tmpfs cannot be mounted here.");
        }

        return new MemoryDisk(folder, path);
    }

    /// <summary>Leaves no byte free.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var page = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(page);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Takes away what <see cref="Fill"/> put there.</summary>
    public void Free() => File.Delete(Filler);

    public bool IsFilled => File.Exists(Filler);

    public void Remount(bool readOnly) => Assert.True(Run("mount", "-o", readOnly ? "remount,ro" : "remount,rw", Path));

    public void Dispose()
    {
        Run("umount", "-l", Path);
        Directory.Delete(Folder, recursive: true);
    }
}
