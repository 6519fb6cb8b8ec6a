namespace AniWorld.Services.Disk;

/// <summary>File systems over a network, where SQLite's locks do not hold.</summary>
public static class NetworkFileSystem
{
    /// <summary>As Linux names them, or how their names begin.</summary>
    private static readonly string[] Names = ["nfs", "cifs", "smb", "afs", "9p", "fuse.sshfs", "ncp", "coda", "davfs", "ceph"];

    /// <summary>A sentence on what is wrong with a data folder there; <see langword="null"/> on a local disk.</summary>
    public static string? WarningOf(string folder) => FormatOf(folder) is { } format && Is(format)
        ? $"{folder} is on a network file system ({format}), where SQLite can lose data. Move it to a local disk with --data; the library may stay."
        : null;

    /// <param name="format">The file system's name.</param>
    public static bool Is(string format) => Names.Any(name => format.StartsWith(name, StringComparison.OrdinalIgnoreCase));

    private static string? FormatOf(string folder)
    {
        try
        {
            return new DriveInfo(folder).DriveFormat;
        }
        catch (Exception e) when (DiskFault.Is(e) || e is DriveNotFoundException)
        {
            return null;
        }
    }
}
