using AniWorld.Data;
using AniWorld.Services.History;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Library;

/// <summary>Which episodes came and which are expected, by day.</summary>
public sealed class EpisodeCalendar(ExpectedEpisodes expected, IDbContextFactory<AniWorldDbContext> databases)
{
    /// <summary>By day, series and number.</summary>
    /// <param name="last">Inclusive.</param>
    /// <param name="zone">Whose midnight ends a day.</param>
    /// <remarks>An episode that was downloaded stands on that day alone, not also on the day on which the source had it.</remarks>
    public async Task<IReadOnlyList<CalendarEpisode>> ListAsync(
        DateOnly first, DateOnly last, TimeZoneInfo zone, CancellationToken cancellationToken = default)
    {
        var (from, to) = (StartOf(first, zone), StartOf(last.AddDays(1), zone));
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var arrived = await ArrivedAsync(database, from, to, zone, cancellationToken);
        var there = arrived.Select(Id).ToHashSet();
        var offered = await OfferedAsync(database, from, to, zone, cancellationToken);
        var coming = (await expected.ListAsync(cancellationToken)).Where(one => one.On >= first && one.On <= last)
            .Select(one => new CalendarEpisode(one.On, one.Key, one.Name, one.Season, one.Number, CalendarState.Expected));
        return
        [
            .. arrived.Concat(offered.Where(one => !there.Contains(Id(one)))).Concat(coming)
                .OrderBy(one => one.On)
                .ThenBy(one => one.Name, StringComparer.CurrentCultureIgnoreCase)
                .ThenBy(one => one.Season)
                .ThenBy(one => one.Number),
        ];
    }

    private static async Task<List<CalendarEpisode>> ArrivedAsync(
        AniWorldDbContext database, DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var events = await database.History.AsNoTracking()
            .Where(e => e.Kind == HistoryKinds.Downloaded && e.CreatedAt >= from && e.CreatedAt < to && e.Season != null && e.Number != null)
            .Join(database.Series, e => e.SeriesKey, s => s.Key, (e, s) => new { e.CreatedAt, s.Key, s.Name, e.Season, e.Number })
            .ToListAsync(cancellationToken);
        return
        [
            .. events.Select(e => new CalendarEpisode(DayOf(e.CreatedAt, zone), e.Key, e.Name, e.Season!.Value, e.Number!.Value, CalendarState.Arrived))
                .Distinct(),
        ];
    }

    /// <summary>Those that the source had for the first time, in whatever language. What it had when the series was added says nothing.</summary>
    private static async Task<List<CalendarEpisode>> OfferedAsync(
        AniWorldDbContext database, DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var offers = await database.EpisodeAvailability.AsNoTracking()
            .Where(a => a.FirstSeenAt >= from && a.FirstSeenAt < to && a.FirstSeenAt > a.Episode.Series.CreatedAt
                && !a.Episode.Availability.Any(earlier => earlier.FirstSeenAt < from))
            .Select(a => new { a.FirstSeenAt, a.Episode.Series.Key, a.Episode.Series.Name, a.Episode.Season, a.Episode.Number, HasFile = a.Episode.Files.Any() })
            .ToListAsync(cancellationToken);
        return
        [
            .. offers.GroupBy(o => (o.Key, o.Name, o.Season, o.Number, o.HasFile)).Select(episode => new CalendarEpisode(
                DayOf(episode.Min(o => o.FirstSeenAt), zone), episode.Key.Key, episode.Key.Name, episode.Key.Season, episode.Key.Number,
                episode.Key.HasFile ? CalendarState.Arrived : CalendarState.Offered)),
        ];
    }

    private static (string, int, int) Id(CalendarEpisode episode) => (episode.Key, episode.Season, episode.Number);

    private static DateOnly DayOf(DateTimeOffset moment, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    /// <remarks>A midnight that a change of the clocks leaves out is taken for the hour after it.</remarks>
    private static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}

/// <param name="On">By the clock of the zone that was asked for; of an expected one the day in UTC.</param>
public sealed record CalendarEpisode(DateOnly On, string Key, string Name, int Season, int Number, CalendarState State);

public enum CalendarState
{
    /// <summary>To come, as those before it did.</summary>
    Expected,

    /// <summary>The source has it, the library not yet.</summary>
    Offered,

    /// <summary>It is in the library.</summary>
    Arrived,
}
