using AniWorld.Data;
using AniWorld.Data.History;
using AniWorld.Data.Library;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Library;

/// <summary>Writes down what a walk found.</summary>
internal sealed class ScanStore(IDbContextFactory<AniWorldDbContext> databases, TimeProvider time)
{
    /// <summary>Brings a series' files in line with its folder.</summary>
    /// <param name="folder"><see langword="null"/> when the series has none.</param>
    /// <param name="root">To look again before a file is taken for gone.</param>
    /// <returns>Videos in the folder that are no known episode.</returns>
    public async Task<int> ApplyAsync(long seriesId, ScannedFolder? folder, LibraryRoot root, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var series = await database.Series
            .Include(s => s.Episodes).ThenInclude(e => e.Files)
            .AsSplitQuery()
            .SingleOrDefaultAsync(s => s.Id == seriesId, cancellationToken);
        if (series is null)
        {
            return 0;
        }

        var match = new EpisodeMatch(series.Episodes);
        var unmatched = 0;
        foreach (var file in folder?.Files ?? [])
        {
            var held = match.Of(file.Name);
            unmatched += held.Count == 0 ? 1 : 0;
            foreach (var episode in held)
            {
                Keep(database, series, episode, file);
            }
        }

        if (folder is null or { Complete: true })
        {
            ForgetGone(database, series, folder, root);
        }

        series.ScannedAt = time.GetUtcNow();
        await database.SaveChangesAsync(cancellationToken);
        return unmatched;
    }

    /// <summary>Remembers the folders of the library, also those that no series claims.</summary>
    /// <param name="owners">Series id by folder name.</param>
    public async Task KeepFoldersAsync(
        IReadOnlyCollection<ScannedFolder> folders, IReadOnlyDictionary<string, long> owners, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var known = await database.LibraryFolders.ToDictionaryAsync(f => f.Path, cancellationToken);
        foreach (var folder in folders.Where(f => f.Path.Length > 0))
        {
            if (!known.Remove(folder.Path, out var row))
            {
                row = new LibraryFolder { Path = folder.Path };
                database.Add(row);
            }

            row.Files = folder.Files.Count;
            row.Size = folder.Size;
            row.GuessedName = folder.GuessedName;
            row.GuessedYear = folder.GuessedYear;
            row.SeriesId = owners.TryGetValue(folder.Path, out var owner) ? owner : null;
        }

        database.RemoveRange(known.Values);
        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>A folder that the user renamed still says in its sidecar whose it is.</summary>
    public async Task MoveAsync(long seriesId, string folder, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var series = await database.Series.SingleAsync(s => s.Id == seriesId, cancellationToken);
        var files = await database.EpisodeFiles.Where(f => f.Episode.SeriesId == seriesId).ToListAsync(cancellationToken);
        SeriesFolders.Assign(series, files, folder);
        await database.SaveChangesAsync(cancellationToken);
    }

    private static void Keep(AniWorldDbContext database, AnimeSeries series, Episode episode, ScannedFile file)
    {
        var row = episode.Files.Find(f => f.Path == file.RelativePath);
        var named = file.Name!.Language;
        if (row is null)
        {
            episode.Files.Add(new EpisodeFile
            {
                Language = named,
                Path = file.RelativePath,
                Size = file.Size,
                ModifiedAt = file.ModifiedAt,
            });
            episode.Returned(named);
            return;
        }

        // Names may carry no tag; then what was known when the file came stays true.
        row.Language = named == Language.Unknown ? row.Language : named;
        if (row.Size != file.Size || row.ModifiedAt.ToUnixTimeSeconds() != file.ModifiedAt.ToUnixTimeSeconds())
        {
            if (row.Size != file.Size)
            {
                database.Add(Event(series, episode, "file.replaced", row.Path));
                row.Verified = false;
            }

            row.Size = file.Size;
            row.ModifiedAt = file.ModifiedAt;
        }
    }

    private void ForgetGone(AniWorldDbContext database, AnimeSeries series, ScannedFolder? folder, LibraryRoot root)
    {
        var seen = (folder?.Files ?? []).Select(f => f.RelativePath).ToHashSet();
        foreach (var episode in series.Episodes)
        {
            // A download may have finished since the walk: only what is truly not there is gone.
            foreach (var gone in episode.Files.Where(f => !seen.Contains(f.Path) && !File.Exists(Path.Join(root.Path, f.Path))).ToList())
            {
                episode.Files.Remove(gone);
                database.Remove(gone);
                if (MovedTo(episode, gone) is { } moved)
                {
                    moved.Verified = gone.Verified;
                    database.Add(Event(series, episode, "file.moved", moved.Path));
                    continue;
                }

                database.Add(Event(series, episode, "file.removed", gone.Path));
                episode.Removed(gone.Language, time.GetUtcNow());
            }
        }
    }

    /// <summary>A new file of the same size and time is the old one under another name.</summary>
    private static EpisodeFile? MovedTo(Episode episode, EpisodeFile gone) => episode.Files.Find(
        f => f.Id == 0 && f.Size == gone.Size && f.ModifiedAt.ToUnixTimeSeconds() == gone.ModifiedAt.ToUnixTimeSeconds());

    private static HistoryEvent Event(AnimeSeries series, Episode episode, string kind, string path) =>
        HistoryEvent.OfEpisode(kind, series.Key, episode.Season, episode.Number, ("path", path));
}
