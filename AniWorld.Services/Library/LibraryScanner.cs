using System.Runtime.CompilerServices;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Library;

/// <summary>Walks the library and says which videos are in it. Looks at names, sizes and times only, opens no video and writes nothing.</summary>
public sealed class LibraryScanner
{
    private const int FoldersAhead = 128;

    /// <summary>More than processors, within limits: network shares let each reader wait.</summary>
    private static readonly int ReadersAtOnce = Math.Clamp(2 * Environment.ProcessorCount, 4, 16);

    /// <summary>All folders in order of their names, those without videos too; last, when there are any, the videos loose in the root.</summary>
    /// <remarks>Ends with an error, not early, when the library's disk goes away meanwhile: what was not seen is then not missing.</remarks>
    /// <param name="isOwned">Whether it is known whose a folder is: its sidecar is then not read. By default it is of none.</param>
    /// <exception cref="FaultException">The root cannot be read, or is no longer there (<see cref="FaultCode.TargetMissing"/>).</exception>
    public async IAsyncEnumerable<ScannedFolder> WalkAsync(
        LibraryRoot root,
        Func<string, bool>? isOwned = null,
        IProgress<WalkProgress>? progress = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var top = await Task.Run(() => FolderWalk.ReadTop(root, cancellationToken), cancellationToken);
        var current = 0;
        await foreach (var scanned in ReadAsync(root, top.Folders, isOwned ?? (_ => false), cancellationToken))
        {
            // It was read a while ago.
            cancellationToken.ThrowIfCancellationRequested();
            if (!scanned.Complete)
            {
                root.EnsureMounted();
            }

            progress?.Report(new WalkProgress(++current, top.Total, scanned.Path));
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
        var scanned = await Task.Run(() => Directory.Exists(path) ? Read(root, folder, isOwned: false, cancellationToken) : null, cancellationToken);
        root.EnsureMounted();
        return scanned;
    }

    /// <summary>In their order, several at once; the next ones are read while the caller looks at those before.</summary>
    private static async IAsyncEnumerable<ScannedFolder> ReadAsync(
        LibraryRoot root, IReadOnlyList<string> folders, Func<string, bool> isOwned, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = Task.FromResult<ScannedFolder[]>([]);
        try
        {
            foreach (var next in folders.Chunk(FoldersAhead))
            {
                var read = await reading;
                reading = ReadAllAsync(root, next, isOwned, stopping.Token);
                foreach (var scanned in read)
                {
                    yield return scanned;
                }
            }

            foreach (var scanned in await reading)
            {
                yield return scanned;
            }
        }
        finally
        {
            // The caller may have had enough.
            await stopping.CancelAsync();
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<ScannedFolder[]> ReadAllAsync(
        LibraryRoot root, string[] folders, Func<string, bool> isOwned, CancellationToken cancellationToken)
    {
        var read = new ScannedFolder[folders.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = ReadersAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, folders.Length, options, (index, token) =>
        {
            read[index] = Read(root, folders[index], isOwned(folders[index]), token);
            return ValueTask.CompletedTask;
        });
        return read;
    }

    private static ScannedFolder Read(LibraryRoot root, string folder, bool isOwned, CancellationToken cancellationToken)
    {
        var walk = new FolderWalk(root, folder, cancellationToken);
        walk.Run();
        var guess = FolderGuess.From(folder);
        var sidecar = walk.HasSidecar && !isOwned ? SeriesSidecar.Read(Path.Join(root.Path, folder)) : null;
        var files = walk.Videos
            .Select(video => new ScannedFile($"{folder}/{video.Path}", video.Size, video.ModifiedAt, sidecar?.Name ?? guess.Name))
            .OrderBy(file => file.RelativePath, StringComparer.Ordinal).ToList();
        return new ScannedFolder(folder, files, walk.Warnings, walk.Complete, guess, sidecar);
    }
}
