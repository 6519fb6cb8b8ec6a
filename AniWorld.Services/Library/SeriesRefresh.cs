using AniWorld.Data;
using AniWorld.Data.Library;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Faults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Library;

/// <summary>Looks at one series' catalogue pages, keeps what they say, and plans the next time.</summary>
internal sealed class SeriesRefresh(
    SeriesApp app,
    CatalogueStore catalogue,
    ProviderRegistry providers,
    SiteHealth sites,
    SiteBudget budget,
    IDbContextFactory<AniWorldDbContext> databases,
    TimeProvider time,
    Random random,
    ILogger<SeriesRefresh> logger)
{
    /// <summary>How often a series must say something that cannot be true, while the others of its site do not, until it is believed.</summary>
    private const int Believed = 3;

    /// <summary>Unless its site is left alone, or got its requests for today.</summary>
    /// <param name="pages">As many as are to be read.</param>
    /// <param name="isAskedFor">Somebody wants to know just this: it is asked in any case.</param>
    public async Task<RefreshOutcome> RunAsync(AnimeSeries series, int pages, bool isAskedFor, CancellationToken cancellationToken)
    {
        if (providers.ByName(series.Provider) is not { } provider)
        {
            return new RefreshOutcome.Waits(new Sentence("scan_source_off", series.Site));
        }

        if (!isAskedFor && sites.RestOf(provider.Name, SitePages.Series) is { } rest)
        {
            return await WaitAsync(series, new Sentence("plain", rest), cancellationToken);
        }

        if (!isAskedFor && budget.LeftToday(provider.Name) < pages)
        {
            return await WaitAsync(
                series, new Sentence("scan_budget", provider.Name, budget.PerDay(provider.Name)), cancellationToken);
        }

        return await AskAsync(provider, series, cancellationToken);
    }

    private async Task<RefreshOutcome> AskAsync(ISeriesProvider provider, AnimeSeries series, CancellationToken cancellationToken)
    {
        try
        {
            if (await app.GetSeriesAsync(provider.Name, series.Key, cancellationToken) is not { } found)
            {
                await FailedAsync(series, cancellationToken);
                return new RefreshOutcome.Gone();
            }

            var known = await OffersAsync(series, cancellationToken);
            Examine(provider, series, known, found);
            var changed = await catalogue.RefreshAsync(series.Id, found, cancellationToken);
            await PlanAsync(series, changed ? await OffersAsync(series, cancellationToken) : known, cancellationToken);
            return new RefreshOutcome.Read(changed);
        }
        catch (FaultException fault)
        {
            logger.LogWarning("The catalogue could not be read for {Key}: {Code}: {Message}", series.Key, fault.Code, fault.Message);
            if (sites.TroubleOf(provider.Name) is null)
            {
                await FailedAsync(series, cancellationToken);
            }

            return new RefreshOutcome.Failed(fault);
        }
    }

    /// <summary>A series that had episodes or languages, and now has none at all: more likely the site has changed.</summary>
    private void Examine(ISeriesProvider provider, AnimeSeries series, IReadOnlyCollection<KnownOffer> known, CatalogueSeries found)
    {
        CataloguePart? lost = !known.Any(offer => offer.IsOffered) ? null
            : found.Episodes.Count == 0 ? CataloguePart.Episodes
            : found.Episodes.All(episode => episode.Languages.Count == 0) ? CataloguePart.Languages
            : null;
        if (lost is null)
        {
            sites.Trust(provider.Name, SitePages.Series);
        }
        else if (series.RefreshFailures < Believed || sites.TroubleOf(provider.Name) is not null)
        {
            var fault = lost is CataloguePart.Episodes
                ? new PageLayoutException("fault_layout_episodes", provider.PlaceOf(lost.Value))
                : new PageLayoutException("fault_layout_languages", provider.PlaceOf(lost.Value));
            sites.Doubt(provider.Name, SitePages.Series, fault);
            throw fault;
        }
    }

    private async Task PlanAsync(AnimeSeries series, IReadOnlyCollection<KnownOffer> offers, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var plan = RefreshPlan.Of([.. offers.Select(offer => offer.Offer)], series.CreatedAt, series.RefreshHours, now, random.NextDouble());
        await SetAsync(series, plan, 0, now, cancellationToken);
    }

    private Task FailedAsync(AnimeSeries series, CancellationToken cancellationToken)
    {
        var failures = series.RefreshFailures + 1;
        var plan = RefreshPlan.AfterFailure(failures, time.GetUtcNow(), random.NextDouble());
        return SetAsync(series, plan, failures, series.RefreshedAt, cancellationToken);
    }

    private async Task SetAsync(
        AnimeSeries series, RefreshPlan plan, int failures, DateTimeOffset? refreshed, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.Series.Where(s => s.Id == series.Id).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.NextRefreshAt, plan.Next)
                .SetProperty(s => s.RefreshReason, plan.Reason)
                .SetProperty(s => s.RefreshFailures, failures)
                .SetProperty(s => s.RefreshedAt, refreshed),
            cancellationToken);
    }

    /// <summary>It stays due, or becomes so: the refresh that the clock starts makes up for it.</summary>
    private async Task<RefreshOutcome> WaitAsync(AnimeSeries series, Sentence why, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (series.NextRefreshAt > now)
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            await database.Series.Where(s => s.Id == series.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.NextRefreshAt, now), cancellationToken);
        }

        return new RefreshOutcome.Waits(why);
    }

    private async Task<IReadOnlyCollection<KnownOffer>> OffersAsync(AnimeSeries series, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await database.EpisodeAvailability
            .Where(a => a.Episode.SeriesId == series.Id)
            .Select(a => new { a.Episode.Season, a.Episode.Number, a.Language, a.FirstSeenAt, IsOffered = a.WithdrawnAt == null })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new KnownOffer(new RefreshPlan.Offer(row.Season, row.Number, row.Language, row.FirstSeenAt), row.IsOffered))];
    }

    private sealed record KnownOffer(RefreshPlan.Offer Offer, bool IsOffered);
}
