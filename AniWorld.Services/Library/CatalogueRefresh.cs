using AniWorld.Data;
using AniWorld.Data.Library;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Progress;
using AniWorld.Services.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Library;

/// <summary>Looks at the catalogue pages of the series that are due, as far as the sites' budgets go.</summary>
public sealed class CatalogueRefresh
{
    private readonly SeriesRefresh _refresh;
    private readonly SiteProbe _probe;
    private readonly SiteBudget _budget;
    private readonly ProviderRegistry _providers;
    private readonly ProgressService _progress;
    private readonly IDbContextFactory<AniWorldDbContext> _databases;
    private readonly TimeProvider _time;

    internal CatalogueRefresh(
        SeriesRefresh refresh,
        SiteProbe probe,
        SiteBudget budget,
        ProviderRegistry providers,
        ProgressService progress,
        IDbContextFactory<AniWorldDbContext> databases,
        TimeProvider time)
    {
        _refresh = refresh;
        _probe = probe;
        _budget = budget;
        _providers = providers;
        _progress = progress;
        _databases = databases;
        _time = time;
    }

    /// <summary>All that are due, one site beside the other, and within a site those first that something is expected of.</summary>
    public async Task<WorkOutcome> RunAsync(CancellationToken cancellationToken = default)
    {
        await _probe.RunAsync(cancellationToken);
        var due = await DueAsync(_time.GetUtcNow(), cancellationToken);
        var rounds = await Task.WhenAll(due.GroupBy(one => one.Series.Provider).Select(site => RunAsync([.. site], cancellationToken)));
        var read = rounds.Sum(round => round.Read);
        var looked = new Sentence("job_refreshed", read, rounds.Sum(round => round.Changed));
        var message = Sentence.Join([looked, .. rounds.Select(round => round.Rest).OfType<Sentence>()]);
        return due.Count == 0 ? new WorkOutcome.Done(new Sentence("job_none_due")) : read == 0 ? new WorkOutcome.Skipped(message) : new WorkOutcome.Done(message);
    }

    /// <summary>Makes these due now; the next run looks at them, as far as the sites' budgets go.</summary>
    /// <returns>How many of them; those that are not monitored are never looked at.</returns>
    public async Task<int> HurryAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken = default)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        return await database.Series
            .Where(s => s.Monitored && keys.Contains(s.Key))
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.NextRefreshAt, (DateTimeOffset?)null), cancellationToken);
    }

    /// <summary>What is due at each site that is switched on, and when all of it will have been looked at.</summary>
    public async Task<IReadOnlyList<SiteForecast>> ForecastAsync(CancellationToken cancellationToken = default)
    {
        var due = (await DueAsync(_time.GetUtcNow(), cancellationToken)).ToLookup(one => one.Series.Provider);
        return
        [
            .. _providers.Enabled.Select(site =>
            {
                var requests = due[site.Name].Sum(one => one.Pages);
                return new SiteForecast(site.Name, due[site.Name].Count(), requests, _budget.DoneAt(site.Name, requests));
            }),
        ];
    }

    private async Task<Round> RunAsync(IReadOnlyList<DueSeries> due, CancellationToken cancellationToken)
    {
        var (read, changed) = (0, 0);
        for (var i = 0; i < due.Count; i++)
        {
            var (series, pages) = due[i];
            switch (await _refresh.RunAsync(series, pages, isAskedFor: false, cancellationToken))
            {
                case RefreshOutcome.Waits(var why):
                    var left = due.Skip(i).Sum(one => one.Pages);
                    return new Round(read, changed, new Sentence("job_rest_waits", why, due.Count - i, Local(_budget.DoneAt(series.Provider, left))));
                case RefreshOutcome.Read(var isNew):
                    read++;
                    changed += isNew ? 1 : 0;
                    if (isNew)
                    {
                        _progress.Publish(new SeriesChanged(series.Key, series.Folder));
                    }

                    break;
            }
        }

        return new Round(read, changed, null);
    }

    private async Task<List<DueSeries>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var names = _providers.Enabled.Select(provider => provider.Name).ToList();
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var due = await database.Series.AsNoTracking()
            .Where(s => s.Monitored && names.Contains(s.Provider) && (s.NextRefreshAt == null || s.NextRefreshAt <= now))
            .Select(s => new { Series = s, Seasons = s.Episodes.Select(e => e.Season).Distinct().Count() })
            .ToListAsync(cancellationToken);
        return
        [
            .. due.Select(one => new DueSeries(one.Series, RefreshPlan.PagesOf(one.Seasons)))
                .OrderByDescending(one => one.Series.RefreshReason is RefreshReason.Airing or RefreshReason.DubLag)
                .ThenBy(one => one.Series.NextRefreshAt)
                .ThenBy(one => one.Series.Id),
        ];
    }

    private DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, _time.LocalTimeZone);

    /// <param name="Pages">Requests that it takes, as far as is known.</param>
    private sealed record DueSeries(AnimeSeries Series, int Pages);

    /// <param name="Rest">Why some were not looked at; <see langword="null"/> when all were.</param>
    private sealed record Round(int Read, int Changed, Sentence? Rest);
}

/// <summary>What is due at a site.</summary>
/// <param name="DoneAt">When all of it will have been looked at, at the site's pace and within its budget.</param>
public sealed record SiteForecast(string Site, int Series, int Requests, DateTimeOffset DoneAt);
