using AniWorld.Data;
using AniWorld.Data.History;
using AniWorld.Data.Library;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Library;

/// <summary>Writes down what a walk found.</summary>
internal sealed class ScanStore(IDbContextFactory<AniWorldDbContext> databases, TimeProvider time)
{
    /// <summary>The files of these series as the database has them.</summary>
    public async Task<ILookup<long, KnownFile>> KnownAsync(IReadOnlyCollection<long> seriesIds, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        // The filters for deleted rows stand here once, instead of once per table that is joined; the series are alive.
        var files = await database.Episodes.IgnoreQueryFilters()
            .Where(e => e.DeletedAt == null && seriesIds.Contains(e.SeriesId))
            .SelectMany(e => e.Files, (e, f) => new { e.SeriesId, File = new KnownFile(f.Path, f.Size, f.ModifiedAt) })
            .ToListAsync(cancellationToken);
        return files.ToLookup(f => f.SeriesId, f => f.File);
    }

    /// <summary>Brings a series' files in line with its folder.</summary>
    /// <param name="folder"><see langword="null"/> when the series has none.</param>
    /// <param name="root">To look again before a file is taken for gone.</param>
    /// <returns>Whether anything had changed.</returns>
    public async Task<bool> ApplyAsync(long seriesId, ScannedFolder? folder, LibraryRoot root, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var series = await database.Series
            .Include(s => s.Episodes).ThenInclude(e => e.Files)
            .AsSplitQuery()
            .SingleOrDefaultAsync(s => s.Id == seriesId, cancellationToken);
        if (series is null)
        {
            return false;
        }

        var match = new EpisodeMatch(series.Episodes);
        foreach (var file in folder?.Files ?? [])
        {
            var name = (file with { SeriesName = series.Name }).Name;
            var held = match.Of(name);
            foreach (var episode in held.Count == 0 && series.RefreshedAt is null ? AsNamed(series, name) : held)
            {
                Keep(database, series, episode, file, name!.Language);
            }
        }

        if (folder is null or { Complete: true })
        {
            ForgetGone(database, series, folder, root);
        }

        return await database.SaveChangesAsync(cancellationToken) > 0;
    }

    /// <summary>Remembers that these series' folders were read just now.</summary>
    public async Task ScannedAsync(IReadOnlyCollection<long> seriesIds, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.Series.Where(s => seriesIds.Contains(s.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.ScannedAt, now), cancellationToken);
    }

    /// <summary>Remembers the folders of the library that have videos, also those that no series claims.</summary>
    public async Task KeepFoldersAsync(IReadOnlyCollection<FoundFolder> folders, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var owners = await database.Series.Select(s => new { s.Folder, s.Id }).ToListAsync(cancellationToken);
        var owner = owners.GroupBy(o => o.Folder).ToDictionary(o => o.Key, o => o.First().Id);
        var known = await database.LibraryFolders.AsNoTracking().ToDictionaryAsync(f => f.Path, cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await using var inserter = new RowInserter<LibraryFolder>(database, time.GetUtcNow());
        foreach (var folder in folders)
        {
            var isKnown = known.Remove(folder.Path, out var row);
            long? seriesId = owner.TryGetValue(folder.Path, out var id) ? id : null;
            if (row is not null && (row.Files, row.Size, row.SeriesId) == (folder.Files, folder.Size, seriesId)
                && (row.GuessedName, row.GuessedYear) == (folder.Guess.Name, folder.Guess.Year))
            {
                continue;
            }

            row ??= new LibraryFolder { Path = folder.Path };
            row.Files = folder.Files;
            row.Size = folder.Size;
            row.GuessedName = folder.Guess.Name;
            row.GuessedYear = folder.Guess.Year;
            row.SeriesId = seriesId;
            if (isKnown)
            {
                database.Update(row);
            }
            else
            {
                await inserter.InsertAsync(row, cancellationToken);
            }
        }

        database.RemoveRange(known.Values);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
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

    /// <summary>As long as the catalogue was never read, a series has the episodes that are on disk.</summary>
    private static List<Episode> AsNamed(AnimeSeries series, EpisodeFileName? name)
    {
        List<Episode> held = [];
        foreach (var number in name?.Numbers ?? [])
        {
            var season = name!.Season ?? 1;
            var episode = series.Episodes.Find(e => (e.Season, e.Number) == (season, number));
            if (episode is null)
            {
                episode = new Episode { Season = season, Number = number };
                series.Episodes.Add(episode);
            }

            held.Add(episode);
        }

        return held;
    }

    /// <param name="named">The language that its name tells.</param>
    private static void Keep(AniWorldDbContext database, AnimeSeries series, Episode episode, ScannedFile file, Language named)
    {
        var row = episode.Files.Find(f => f.Path == file.RelativePath);
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
        if (!KnownFile.Of(row).IsSame(file))
        {
            // Other bytes: what was found out about the old ones says nothing of them.
            (row.Hash, row.CheckedAt, row.Problem) = (null, null, null);
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
                    moved.Language = moved.Language == Language.Unknown ? gone.Language : moved.Language;
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
