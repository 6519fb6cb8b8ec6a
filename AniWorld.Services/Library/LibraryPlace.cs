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
    public static string? Forbidden(string animeDirectory, DataFolder data)
    {
        if (string.IsNullOrWhiteSpace(animeDirectory) || animeDirectory.Any(char.IsControl))
        {
            return "The library folder must be a path without control characters, such as /srv/anime.";
        }

        string path;
        try
        {
            path = RealPath.Of(animeDirectory);
        }
        catch (ArgumentException e)
        {
            return $"The library folder '{animeDirectory}' cannot be used: {e.Message}";
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            // A mount that does not answer is no forbidden place; opening the library says what is wrong with it.
            return null;
        }

        if (path == Path.GetPathRoot(path))
        {
            return $"The library folder cannot be '{path}'; choose a folder below it.";
        }

        var dataFolder = RealPath.Of(data.Root);
        return RealPath.IsWithin(path, dataFolder)
            ? path == dataFolder
                ? $"The library folder cannot be the data folder '{data.Root}'; choose another one."
                : $"The library folder '{animeDirectory}' is inside the data folder '{data.Root}'; choose one outside of it."
            : null;
    }

    /// <summary>Why it can neither be written to nor be created; <see langword="null"/> when it can.</summary>
    public static string? Unwritable(string animeDirectory)
    {
        var path = Path.GetFullPath(animeDirectory);
        if (File.Exists(path))
        {
            return $"'{path}' is a file; the library needs a folder.";
        }

        var existing = path;
        while (!Directory.Exists(existing))
        {
            if (File.Exists(existing))
            {
                return $"'{existing}' is a file, so that '{path}' cannot be created.";
            }

            existing = Path.GetDirectoryName(existing) ?? Path.GetPathRoot(path)!;
        }

        if (OperatingSystem.IsWindows() || Access(existing, MayWrite | MayEnter) == 0)
        {
            return null;
        }

        var what = existing == path ? $"'{path}' cannot be written to" : $"'{path}' cannot be created in '{existing}'";
        return Marshal.GetLastPInvokeError() == ReadOnlyFileSystem
            ? $"{what}: the disk is mounted read-only."
            : $"{what}: the user that AniWorld runs as has no right to write there.";
    }

    [DllImport("libc", EntryPoint = "access", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Access([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);
}
