using AniWorld.Services.Configuration;
using AniWorld.Services.Disk;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Library;

/// <summary>Tries whether a folder would do for the library, by writing to it.</summary>
public sealed class LibraryTrial(DataFolder data)
{
    private const int Bytes = 64 << 10;
    private const int MostFolders = 10_000;

    /// <summary>Writes a small file, flushes it and removes it again; a folder that is not there yet is not made.</summary>
    public Task<LibraryTrialResult> RunAsync(string directory, CancellationToken cancellationToken = default) =>
        Task.Run(() => Run(directory), cancellationToken);

    private LibraryTrialResult Run(string directory)
    {
        if (LibraryRoot.Problem(directory, data) is { } problem)
        {
            return new LibraryTrialResult(directory, problem, false, 0, 0);
        }

        var path = Path.GetFullPath(directory);
        var existing = path;
        while (!Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing)!;
        }

        try
        {
            WriteTo(existing);
            var folders = existing == path ? Directory.EnumerateDirectories(path).Take(MostFolders).Count(folder => !Path.GetFileName(folder).StartsWith('.')) : 0;
            return new LibraryTrialResult(path, null, existing == path, DiskFault.FreeBytes(existing), folders);
        }
        catch (Exception e) when (e is FaultException || DiskFault.Is(e))
        {
            return new LibraryTrialResult(path, new Sentence("plain", DiskFault.From(e, existing)), existing == path, 0, 0);
        }
    }

    private static void WriteTo(string folder)
    {
        var path = Path.Join(folder, $".aniworld-{Guid.NewGuid():N}.tmp");
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            file.Write(new byte[Bytes]);
            Durable.FlushFile(file.SafeFileHandle, path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}

/// <summary>What a trial of a folder found.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Problem">Why it cannot be the library; <see langword="null"/> when it can.</param>
/// <param name="Exists">Otherwise it will be made.</param>
/// <param name="FreeBytes">On its disk; 0 when there is a problem.</param>
/// <param name="Folders">Folders in it that may be series.</param>
public sealed record LibraryTrialResult(string Path, Sentence? Problem, bool Exists, long FreeBytes, int Folders);
