using AniWorld.Services.Faults;

namespace AniWorld.Services.Disk;

/// <summary>Gives a failure of the file system its name.</summary>
public static class DiskFault
{
    // Linux; https://man7.org/linux/man-pages/man3/errno.3.html. .NET keeps the number in HResult.
    private const int WouldBlock = 11;
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int Quota = 122;

    // Windows: ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL, ERROR_WRITE_PROTECT.
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsWriteProtected = unchecked((int)0x80070013);

    /// <summary>Whether <paramref name="e"/> is one that <see cref="From"/> can name.</summary>
    public static bool Is(Exception e) => e is IOException or UnauthorizedAccessException;

    /// <summary>Another process has the file for itself.</summary>
    public static bool IsHeld(IOException e) => e.HResult == WouldBlock;

    /// <param name="path">What was to be read or written, for the sentence.</param>
    public static FaultException From(Exception e, string path) => (e, e.HResult) switch
    {
        (FaultException fault, _) => fault,
        (_, NoSpace or Quota or WindowsHandleDiskFull or WindowsDiskFull) => Full(path, e),
        (_, ReadOnlyFileSystem or WindowsWriteProtected) =>
            new FaultException(FaultCode.ReadOnly, new Sentence("fault_disk_read_only", path), e),
        (UnauthorizedAccessException, _) =>
            new FaultException(FaultCode.PermissionDenied, new Sentence("fault_disk_no_right", path), e),
        (_, WouldBlock) => new FaultException(
            FaultCode.NameConflict, new Sentence("fault_disk_held", path), e),
        (DirectoryNotFoundException, _) => Missing(path, e),
        (PathTooLongException, _) => new FaultException(
            FaultCode.IoError, new Sentence("fault_disk_name", path), e),
        _ => new FaultException(FaultCode.IoError, new Sentence("fault_disk", path, e.Message), e),
    };

    public static FaultException Full(string path, Exception? inner = null) =>
        new(FaultCode.DiskFull, new Sentence("fault_disk_full", path), inner);

    public static FaultException Missing(string path, Exception? inner = null) =>
        new(FaultCode.TargetMissing, new Sentence("fault_disk_missing", path), inner);

    /// <exception cref="FaultException"><c>disk_full</c>: fewer than <paramref name="needed"/> bytes plus the reserve are free.</exception>
    public static void RequireSpace(string path, long needed, long reserve)
    {
        if (FreeBytes(Path.GetDirectoryName(path)!) < needed + reserve)
        {
            throw Full(path);
        }
    }

    /// <summary>Bytes that this process may still write to the disk of a folder.</summary>
    /// <exception cref="FaultException"><c>target_missing</c> and other reasons why that cannot be told.</exception>
    public static long FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (DriveNotFoundException e)
        {
            throw Missing(folder, e);
        }
        catch (Exception e) when (Is(e))
        {
            throw From(e, folder);
        }
    }
}
