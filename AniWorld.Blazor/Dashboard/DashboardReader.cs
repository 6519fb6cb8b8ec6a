using AniWorld.Blazor.Calendar;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Library;
using AniWorld.Services.Policy;
using AniWorld.Services.Progress;
using AniWorld.Services.Scheduling;
using AniWorld.Services.Statistics;
using AniWorld.Services.Streaming;

namespace AniWorld.Blazor.Dashboard;

/// <summary>Asks all those who know a part of the dashboard.</summary>
public sealed class DashboardReader(
    AnimeService anime, MissingService missing, EpisodeCalendar calendar, ExpectedEpisodes expected, DiskForecast disk, ProviderRegistry providers,
    SiteHealth sites, SourceHealthService records, HosterHealth hosters, ScheduleService schedule, RecentNotices notices, TimeProvider time)
{
    private const int JobsShown = 3;

    /// <param name="zone">Whose midnight today begins with.</param>
    public async Task<DashboardFigures> ReadAsync(TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var series = await anime.ListAsync(new SeriesQuery { All = true, PerPage = 1 }, cancellationToken);
        var counts = (await missing.ChoicesAsync(MissingKind.Missing, cancellationToken: cancellationToken)).Counts;
        var (today, next) = await EpisodesAsync(zone, cancellationToken);
        return new DashboardFigures(
            series.Total,
            counts[MissingKind.Missing],
            counts[MissingKind.Upgradable],
            today,
            next,
            await disk.ReadAsync(cancellationToken),
            await SitesAsync(cancellationToken),
            (await hosters.ListAsync(cancellationToken)).Count(hoster => hoster.Rest is not null),
            await JobsAsync(cancellationToken),
            notices.List);
    }

    private async Task<(IReadOnlyList<CalendarEntry> Today, CalendarEntry? Next)> EpisodesAsync(TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).DateTime);
        var coming = (await expected.ListAsync(cancellationToken))
            .Select(one => new CalendarEpisode(one.On, one.Key, one.Name, one.Season, one.Number, CalendarState.Expected)).ToList();
        var late = coming.Where(one => one.On < today);
        return (
            CalendarEntry.Of([.. await calendar.ListAsync(today, today, zone, cancellationToken), .. late], today),
            CalendarEntry.Of(coming.Where(one => one.On > today), today) is [var next, ..] ? next : null);
    }

    private async Task<IReadOnlyList<SiteState>> SitesAsync(CancellationToken cancellationToken)
    {
        var known = (await records.ListAsync(SourceKind.Site, cancellationToken)).ToDictionary(record => record.Name);
        return
        [
            .. providers.Enabled.Select(site => new SiteState(site.Site, sites.TroubleOf(site.Name) switch
            {
                { NeedsAttention: true } => "attention",
                not null => "unreachable",
                null => known.GetValueOrDefault(site.Name)?.LastSuccessAt is null ? "new" : "ok",
            })),
        ];
    }

    private async Task<IReadOnlyList<JobState>> JobsAsync(CancellationToken cancellationToken) =>
    [
        .. (await schedule.ListAsync(cancellationToken))
            .Where(job => job.RunningSince is not null || job.Next.Count > 0)
            .OrderBy(job => job.RunningSince is null)
            .ThenBy(job => job.Next is [var soonest, ..] ? soonest : DateTimeOffset.MaxValue)
            .Take(JobsShown),
    ];
}
