namespace AniWorld.Services.Disk;

/// <summary>How large the disk of a folder is, and how much of it this process may still write, in bytes.</summary>
public sealed record DiskSpace(long Total, long Free)
{
    /// <param name="folder">Absolute; one that is not made yet will be on the disk of the nearest folder above it.</param>
    /// <returns><see langword="null"/> when that cannot be told.</returns>
    public static DiskSpace? Of(string folder)
    {
        try
        {
            var there = folder;
            while (!Directory.Exists(there) && Path.GetDirectoryName(there) is { } parent)
            {
                there = parent;
            }

            var drive = new DriveInfo(there);
            return new DiskSpace(drive.TotalSize, drive.AvailableFreeSpace);
        }
        catch (Exception e) when (DiskFault.Is(e) || e is DriveNotFoundException or ArgumentException)
        {
            return null;
        }
    }
}
