using AniWorld.Data;
using AniWorld.Data.History;
using AniWorld.Data.Library;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Library;

/// <summary>Says of files what they are heard and read in, where their names do not.</summary>
internal sealed class FileLanguages(IDbContextFactory<AniWorldDbContext> databases)
{
    /// <summary>Says it of the files of some episodes that are held to be <paramref name="from"/> now.</summary>
    /// <remarks>A double episode's file gets it for all of its episodes, whichever of them was named.</remarks>
    /// <returns><see langword="null"/> when no series has the key.</returns>
    public async Task<AssignedLanguage?> AssignAsync(
        string key, IReadOnlyCollection<EpisodeNumber> episodes, Language from, Language to, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await SeriesAsync(database, key, cancellationToken) is not { } series)
        {
            return null;
        }

        var chosen = episodes.ToHashSet();
        var paths = series.Episodes
            .Where(e => chosen.Contains(new EpisodeNumber(e.Season, e.Number)))
            .SelectMany(e => e.Files)
            .Where(f => f.Language == from && from != to)
            .Select(f => f.Path)
            .ToHashSet();
        var changed = Assign(database, series, series.Episodes.SelectMany(e => e.Files).Where(f => f.Language == from && paths.Contains(f.Path)), to);
        await database.SaveChangesAsync(cancellationToken);
        return new AssignedLanguage(key, series.Folder, from, to, changed);
    }

    /// <summary>Takes that back for the files that are still where they were, and still held to be that.</summary>
    public async Task TakeBackAsync(AssignedLanguage assigned, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await SeriesAsync(database, assigned.Key, cancellationToken) is { } series)
        {
            var paths = assigned.Paths.ToHashSet();
            Assign(
                database,
                series,
                series.Episodes.SelectMany(e => e.Files).Where(f => f.Language == assigned.Language && paths.Contains(f.Path)),
                assigned.Before);
            await database.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>Leaves files alone whose names tell a language: the next scan would go by them again.</summary>
    /// <param name="rows">Of that series; all of each file. Their episodes are loaded.</param>
    /// <returns>The paths of the files that changed; saving is left to the caller.</returns>
    public static IReadOnlyList<string> Assign(AniWorldDbContext database, AnimeSeries series, IEnumerable<EpisodeFile> rows, Language language)
    {
        var files = rows.Where(row => !TellsLanguage(row)).GroupBy(row => row.Path).OrderBy(file => file.Key, StringComparer.Ordinal).ToList();
        foreach (var row in files.SelectMany(file => file))
        {
            row.Language = language;
        }

        if (Event(series, files, language) is { } happened)
        {
            database.Add(happened);
        }

        return [.. files.Select(file => file.Key)];
    }

    private static bool TellsLanguage(EpisodeFile row) =>
        new ScannedFile(row.Path, row.Size, row.ModifiedAt).Name is { } name && name.Language != Language.Unknown;

    private static HistoryEvent? Event(AnimeSeries series, List<IGrouping<string, EpisodeFile>> files, Language language) => files switch
    {
        [] => null,
        [var only] => HistoryEvent.OfEpisode(
            "file.language", series.Key, only.First().Episode.Season, only.First().Episode.Number, ("path", only.Key), ("language", language.Code)),
        _ => HistoryEvent.OfSeries("files.language", series.Key, ("count", $"{files.Count}"), ("language", language.Code)),
    };

    private static Task<AnimeSeries?> SeriesAsync(AniWorldDbContext database, string key, CancellationToken cancellationToken) =>
        database.Series.Include(s => s.Episodes).ThenInclude(e => e.Files).AsSplitQuery().SingleOrDefaultAsync(s => s.Key == key, cancellationToken);
}
