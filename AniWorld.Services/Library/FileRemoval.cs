using AniWorld.Data;
using AniWorld.Data.History;
using AniWorld.Data.Library;
using AniWorld.Services.Faults;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Library;

/// <summary>Moves an episode's files to the library's trash, and back.</summary>
internal sealed class FileRemoval(IDbContextFactory<AniWorldDbContext> databases, LibraryAccess library, TimeProvider time)
{
    /// <remarks>
    /// The disk goes first: interrupted in between, the next scan finds the file gone, and says so.
    /// A double episode's file goes for both of its episodes.
    /// </remarks>
    /// <exception cref="FaultException">A file could not be moved; it is still where it was.</exception>
    public async Task<FileRemovalResult> RemoveAsync(string key, EpisodeNumber number, Language language, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var series = await database.Series.Include(s => s.Episodes).ThenInclude(e => e.Files).AsSplitQuery()
            .SingleOrDefaultAsync(s => s.Key == key, cancellationToken);
        if (series is null)
        {
            return new FileRemovalResult.UnknownSeries();
        }

        var paths = series.Episodes
            .Where(e => (e.Season, e.Number) == (number.Season, number.Episode))
            .SelectMany(e => e.Files)
            .Where(f => f.Language == language)
            .Select(f => f.Path)
            .ToHashSet();
        if (paths.Count == 0)
        {
            return new FileRemovalResult.NoFile();
        }

        var root = library.Open(databaseKnowsFiles: true);
        var now = time.GetUtcNow();
        var moves = await Task.Run(() => paths.SelectMany(path => ToTrash(root, path, now)).ToList(), cancellationToken);
        var held = series.Episodes.SelectMany(e => e.Files).Where(f => paths.Contains(f.Path)).ToList();
        foreach (var file in held)
        {
            file.Episode.Files.Remove(file);
            file.Episode.Removed(file.Language, now);
            database.Remove(file);
            database.Add(Event(series, file, "file.trashed"));
        }

        await database.SaveChangesAsync(CancellationToken.None);
        return new FileRemovalResult.Removed(new RemovedFiles(key, series.Folder, moves, [.. held]));
    }

    /// <summary>Moves an episode's files away that a better one has come for. Those are not removed by the user: the better one is there.</summary>
    /// <param name="isBetter">Whether the first language is better than the second.</param>
    /// <returns><see langword="null"/> when nothing had to go.</returns>
    /// <remarks>A double episode's file stays until each of its episodes has a better one.</remarks>
    /// <exception cref="FaultException">A file could not be moved; it is still where it was.</exception>
    public async Task<RemovedFiles?> SupersedeAsync(
        string key, EpisodeNumber number, Func<Language, Language, bool> isBetter, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var series = await database.Series.Include(s => s.Episodes).ThenInclude(e => e.Files).AsSplitQuery()
            .SingleOrDefaultAsync(s => s.Key == key, cancellationToken);
        var rows = series?.Episodes.SelectMany(e => e.Files).ToLookup(f => f.Path);
        var paths = (series?.Episodes ?? [])
            .Where(e => (e.Season, e.Number) == (number.Season, number.Episode))
            .SelectMany(e => e.Files)
            .Where(f => rows![f.Path].All(row => row.Episode.Files.Exists(other => isBetter(other.Language, row.Language))))
            .Select(f => f.Path)
            .ToHashSet();
        if (series is null || paths.Count == 0)
        {
            return null;
        }

        var root = library.Open(databaseKnowsFiles: true);
        var moves = await Task.Run(() => paths.SelectMany(path => ToTrash(root, path, time.GetUtcNow())).ToList(), cancellationToken);
        var held = paths.SelectMany(path => rows![path]).ToList();
        foreach (var file in held)
        {
            file.Episode.Files.Remove(file);
            database.Remove(file);
            database.Add(Event(series, file, "file.superseded"));
        }

        await database.SaveChangesAsync(CancellationToken.None);
        return new RemovedFiles(key, series.Folder, moves, held);
    }

    /// <exception cref="FaultException">A file is no longer in the trash, or its old place is taken.</exception>
    public async Task PutBackAsync(RemovedFiles removed, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var ids = removed.Files.Select(f => f.EpisodeId).ToList();
        var episodes = await database.Episodes.Include(e => e.Series).Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, cancellationToken);
        var root = library.Open(databaseKnowsFiles: true);
        await Task.Run(() => removed.Moves.ToList().ForEach(root.PutBack), cancellationToken);
        foreach (var file in removed.Files.Where(f => episodes.ContainsKey(f.EpisodeId)))
        {
            var episode = episodes[file.EpisodeId];
            var row = new EpisodeFile
            {
                Episode = episode,
                Language = file.Language,
                Path = file.Path,
                Size = file.Size,
                ModifiedAt = file.ModifiedAt,
                Verified = file.Verified,
                Hash = file.Hash,
                CheckedAt = file.CheckedAt,
                Problem = file.Problem,
            };
            episode.Returned(file.Language);
            database.Add(row);
            database.Add(Event(episode.Series, row, "file.restored"));
        }

        await database.SaveChangesAsync(CancellationToken.None);
    }

    private static IEnumerable<TrashMove> ToTrash(LibraryRoot root, string path, DateTimeOffset now)
    {
        foreach (var each in Companions.Of(root.ResolveItself(path)).Select(root.Relative).Prepend(path))
        {
            if (root.ToTrash(each, now) is { } place)
            {
                yield return new TrashMove(each, place);
            }
        }
    }

    private static HistoryEvent Event(AnimeSeries series, EpisodeFile file, string kind) => HistoryEvent.OfEpisode(
        kind, series.Key, file.Episode.Season, file.Episode.Number, ("path", file.Path), ("language", file.Language.Code));
}
