using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace AniWorld.Services.Disk;

/// <summary>Makes what was written survive a loss of power, and says so when it could not.</summary>
/// <remarks><c>FileStream.Flush(true)</c> and <c>RandomAccess.FlushToDisk</c> swallow a failing fsync on Unix, so libc is called.</remarks>
internal static class Durable
{
    private const int Interrupted = 4;
    private const int Invalid = 22;

    /// <exception cref="IOException">The data may be lost: it has to be written again, a second flush proves nothing.</exception>
    public static void FlushFile(SafeFileHandle file, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            RandomAccess.FlushToDisk(file);
        }
        else if (Sync(() => Fsync(file)) is not 0 and var error)
        {
            throw Failed(path, error);
        }
    }

    /// <summary>Flushes a file by its name, as after a tool wrote it.</summary>
    public static void FlushFile(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, OperatingSystem.IsWindows() ? FileAccess.ReadWrite : FileAccess.Read);
        FlushFile(file, path);
    }

    /// <summary>Makes a rename or a new name in the folder last. Windows does so by itself.</summary>
    public static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var folder = Open(Encoding.UTF8.GetBytes(path + '\0'), 0);
        if (folder < 0)
        {
            throw Failed(path, Marshal.GetLastPInvokeError());
        }

        try
        {
            // Some network and FUSE file systems know no fsync of a folder.
            if (Sync(() => Fsync(folder)) is not (0 or Invalid) and var error)
            {
                throw Failed(path, error);
            }
        }
        finally
        {
            _ = Close(folder);
        }
    }

    private static int Sync(Func<int> fsync)
    {
        while (fsync() != 0)
        {
            if (Marshal.GetLastPInvokeError() is not Interrupted and var error)
            {
                return error;
            }
        }

        return 0;
    }

    private static IOException Failed(string path, int error) =>
        new($"Flushing {path} failed: {Marshal.GetPInvokeErrorMessage(error)}", error);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Fsync(SafeFileHandle file);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Fsync(int file);

    [DllImport("libc", EntryPoint = "open", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "close", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Close(int file);
}
