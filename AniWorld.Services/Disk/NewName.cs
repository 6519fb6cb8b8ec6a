using System.Runtime.InteropServices;
using System.Text;

namespace AniWorld.Services.Disk;

/// <summary>Gives a file a name that nothing may have yet.</summary>
/// <remarks>
/// <c>File.Move</c> without overwriting looks first and renames then: of two that do so at the same time, the second one replaces the first.
/// </remarks>
internal static class NewName
{
    private const int CurrentFolder = -100;
    private const uint NoReplace = 1;
    private const int Exists = 17;
    private const int Unknown = 38;

    /// <exception cref="IOException">The name is taken, or the file could not be renamed; it is still where it was.</exception>
    public static void Give(string file, string name)
    {
        switch (OperatingSystem.IsLinux() ? Rename(file, name) : Unknown)
        {
            case 0:
                return;
            case Exists:
                throw new IOException($"The file '{name}' already exists.", Exists);
            default:
                // Elsewhere, and on file systems that know no such rename; it also names what else is wrong.
                File.Move(file, name, overwrite: false);
                return;
        }
    }

    /// <returns>0, or what went wrong.</returns>
    private static int Rename(string file, string name)
    {
        try
        {
            return RenameAt(CurrentFolder, Native(file), CurrentFolder, Native(name), NoReplace) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
        catch (EntryPointNotFoundException)
        {
            // An older musl has no such function.
            return Unknown;
        }
    }

    private static byte[] Native(string path) => Encoding.UTF8.GetBytes(path + '\0');

    [DllImport("libc", EntryPoint = "renameat2", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int RenameAt(int fromFolder, byte[] from, int toFolder, byte[] to, uint flags);
}
