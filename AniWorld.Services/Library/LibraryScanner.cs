using System.Runtime.CompilerServices;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Library;

/// <summary>Walks the library and says which videos are in it. Looks at names, sizes and times only, opens no video and writes nothing.</summary>
public sealed class LibraryScanner
{
    /// <summary>All folders in order of their names, those without videos too; last, when there are any, the videos loose in the root.</summary>
    /// <remarks>Ends with an error, not early, when the library's disk goes away meanwhile: what was not seen is then not missing.</remarks>
    /// <exception cref="FaultException">The root cannot be read, or is no longer there (<see cref="FaultCode.TargetMissing"/>).</exception>
    public async IAsyncEnumerable<ScannedFolder> WalkAsync(
        LibraryRoot root, IProgress<WalkProgress>? progress = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var top = await Task.Run(() => FolderWalk.ReadTop(root, cancellationToken), cancellationToken);
        var current = 0;
        foreach (var folder in top.Folders)
        {
            var scanned = await Task.Run(() => Read(root, folder, cancellationToken), cancellationToken);
            if (!scanned.Complete)
            {
                root.EnsureMounted();
            }

            progress?.Report(new WalkProgress(++current, top.Total, folder));
            yield return scanned;
        }

        root.EnsureMounted();
        if (top.Loose is { } loose)
        {
            progress?.Report(new WalkProgress(++current, top.Total, ""));
            yield return loose;
        }
    }

    /// <summary>One folder directly below the root.</summary>
    /// <returns><see langword="null"/> when there is none of that name.</returns>
    /// <exception cref="FaultException">The library's disk is gone, or <paramref name="folder"/> is no name of a folder.</exception>
    public async Task<ScannedFolder?> WalkFolderAsync(LibraryRoot root, string folder, CancellationToken cancellationToken = default)
    {
        var path = root.ResolveItself(folder);
        var scanned = await Task.Run(() => Directory.Exists(path) ? Read(root, folder, cancellationToken) : null, cancellationToken);
        root.EnsureMounted();
        return scanned;
    }

    private static ScannedFolder Read(LibraryRoot root, string folder, CancellationToken cancellationToken)
    {
        var walk = new FolderWalk(root, folder, cancellationToken);
        walk.Run();
        var guess = FolderGuess.From(folder);
        var sidecar = walk.HasSidecar ? SeriesSidecar.Read(Path.Join(root.Path, folder)) : null;
        var files = walk.Videos
            .Select(video => new ScannedFile(
                $"{folder}/{video.Path}", video.Size, video.ModifiedAt, EpisodeFileName.Parse(video.Path, sidecar?.Name ?? guess.Name)))
            .OrderBy(file => file.RelativePath, StringComparer.Ordinal).ToList();
        return new ScannedFolder(folder, files, walk.Warnings, walk.Complete, guess, sidecar);
    }
}
