using System.Runtime.InteropServices;
using AniWorld.Services.Configuration;
using AniWorld.Services.Disk;

namespace AniWorld.Services.Library;

/// <summary>Where a library may be. Only looks: a lost mount point stays untouched.</summary>
internal static class LibraryPlace
{
    private const int MayWrite = 2;
    private const int MayEnter = 1;
    private const int ReadOnlyFileSystem = 30;

    /// <summary>Why the place is forbidden, whether it exists or not; <see langword="null"/> when it is not.</summary>
    public static Sentence? Forbidden(string animeDirectory, DataFolder data)
    {
        if (string.IsNullOrWhiteSpace(animeDirectory) || animeDirectory.Any(char.IsControl))
        {
            return new Sentence("library_no_path");
        }

        string path;
        try
        {
            path = RealPath.Of(animeDirectory);
        }
        catch (ArgumentException e)
        {
            return new Sentence("library_unusable", animeDirectory, e.Message);
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            // A mount that does not answer is no forbidden place; opening the library says what is wrong with it.
            return null;
        }

        if (path == Path.GetPathRoot(path))
        {
            return new Sentence("library_is_root", path);
        }

        var dataFolder = RealPath.Of(data.Root);
        return RealPath.IsWithin(path, dataFolder)
            ? path == dataFolder
                ? new Sentence("library_is_data", data.Root)
                : new Sentence("library_in_data", animeDirectory, data.Root)
            : null;
    }

    /// <summary>Why it can neither be written to nor be created; <see langword="null"/> when it can.</summary>
    public static Sentence? Unwritable(string animeDirectory)
    {
        var path = Path.GetFullPath(animeDirectory);
        if (File.Exists(path))
        {
            return new Sentence("library_is_file", path);
        }

        var existing = path;
        while (!Directory.Exists(existing))
        {
            if (File.Exists(existing))
            {
                return new Sentence("library_under_file", existing, path);
            }

            existing = Path.GetDirectoryName(existing) ?? Path.GetPathRoot(path)!;
        }

        if (OperatingSystem.IsWindows() || Access(existing, MayWrite | MayEnter) == 0)
        {
            return null;
        }

        return (Marshal.GetLastPInvokeError() == ReadOnlyFileSystem, existing == path) switch
        {
            (true, true) => new Sentence("library_read_only", path),
            (true, false) => new Sentence("library_new_read_only", path, existing),
            (false, true) => new Sentence("library_no_right", path),
            (false, false) => new Sentence("library_new_no_right", path, existing),
        };
    }

    [DllImport("libc", EntryPoint = "access", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Access([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);
}
