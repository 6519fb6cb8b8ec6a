using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AniWorld.Services.Disk;

/// <summary>Takes the room of a file on the disk before it is written: the file lies in one piece, and the disk cannot be full in the middle.</summary>
internal static class Allocation
{
    private const int Interrupted = 4;
    private const int NoSpace = 28;
    private const int Quota = 122;

    /// <summary>Gives a file room up to <paramref name="length"/>, and that length if it is shorter. What it holds stays.</summary>
    /// <returns>False where the system or the file system cannot; nothing was changed then.</returns>
    /// <exception cref="IOException">The disk has not so much room.</exception>
    public static bool TryReserve(SafeFileHandle file, long length)
    {
        // Not posix_fallocate: where the file system cannot, that writes zeros.
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess || length <= 0)
        {
            return false;
        }

        while (Fallocate(file, 0, 0, length) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error is NoSpace or Quota)
            {
                throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
            }

            if (error != Interrupted)
            {
                return false;
            }
        }

        return true;
    }

    [DllImport("libc", EntryPoint = "fallocate", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Fallocate(SafeFileHandle file, int mode, long offset, long length);
}
