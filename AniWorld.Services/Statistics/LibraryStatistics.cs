using AniWorld.Data;
using AniWorld.Services.History;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Statistics;

/// <summary>What the library has grown to, by day, series and language. Computed from files and history; nothing is stored for it.</summary>
public sealed class LibraryStatistics(IDbContextFactory<AniWorldDbContext> databases, TimeProvider time)
{
    /// <param name="days">How many, today being the last.</param>
    /// <param name="zone">Whose midnight ends a day.</param>
    public async Task<LibraryFigures> ReadAsync(int days, TimeZoneInfo zone, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var series = await SeriesAsync(database, cancellationToken);
        var today = DayOf(time.GetUtcNow(), zone);
        return new LibraryFigures(
            await DaysAsync(database, today.AddDays(1 - days), today, zone, cancellationToken),
            series,
            await LanguagesAsync(database, cancellationToken),
            series.Sum(one => one.Bytes),
            series.Sum(one => one.Files));
    }

    private static async Task<List<LibraryDay>> DaysAsync(
        AniWorldDbContext database, DateOnly first, DateOnly last, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        // A day more on either side, so that no zone cuts anything off.
        var since = new DateTimeOffset(first.AddDays(-1), TimeOnly.MinValue, TimeSpan.Zero);
        var downloads = await database.History.Where(e => e.Kind == HistoryKinds.Downloaded && e.CreatedAt >= since)
            .Select(e => e.CreatedAt).ToListAsync(cancellationToken);
        var files = await database.EpisodeFiles.GroupBy(f => f.Path)
            .Select(g => new { At = g.Min(f => f.CreatedAt), Size = g.Max(f => f.Size) }).ToListAsync(cancellationToken);
        var counts = downloads.CountBy(at => DayOf(at, zone)).ToDictionary();
        var added = files.GroupBy(f => DayOf(f.At, zone), f => f.Size).ToDictionary(day => day.Key, day => day.Sum());

        var bytes = added.Where(day => day.Key < first).Sum(day => day.Value);
        var list = new List<LibraryDay>();
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            bytes += added.GetValueOrDefault(day);
            list.Add(new LibraryDay(day, counts.GetValueOrDefault(day), bytes));
        }

        return list;
    }

    private static async Task<List<SeriesSize>> SeriesAsync(AniWorldDbContext database, CancellationToken cancellationToken)
    {
        var sizes = await database.EpisodeFiles
            .Select(f => new { f.Path, f.Size, f.Episode.Series.Key, f.Episode.Series.Name })
            .Distinct()
            .GroupBy(f => new { f.Key, f.Name })
            .Select(g => new { g.Key.Key, g.Key.Name, Bytes = g.Sum(f => f.Size), Files = g.Count() })
            .ToListAsync(cancellationToken);
        return [.. sizes.Select(one => new SeriesSize(one.Key, one.Name, one.Bytes, one.Files)).OrderByDescending(one => one.Bytes)];
    }

    private static async Task<List<LanguageSize>> LanguagesAsync(AniWorldDbContext database, CancellationToken cancellationToken)
    {
        var sizes = await database.EpisodeFiles
            .Select(f => new { f.Path, f.Size, f.Language })
            .Distinct()
            .GroupBy(f => f.Language)
            .Select(g => new { Language = g.Key, Bytes = g.Sum(f => f.Size), Files = g.Count() })
            .ToListAsync(cancellationToken);
        return [.. sizes.Select(one => new LanguageSize(one.Language, one.Bytes, one.Files)).OrderByDescending(one => one.Bytes)];
    }

    private static DateOnly DayOf(DateTimeOffset moment, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);
}
