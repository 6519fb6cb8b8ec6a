using System.Globalization;
using AniWorld.Data;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Policy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Library;

/// <summary>Series as people see them, read from the database in a few queries however many there are.</summary>
internal sealed class SeriesReader(
    IDbContextFactory<AniWorldDbContext> databases, SeriesList list, SeriesSummaries summaries, CoverService covers,
    IOptionsMonitor<AniWorldOptions> options, TimeProvider time)
{
    public async Task<SeriesPage> ListAsync(SeriesQuery query, CancellationToken cancellationToken)
    {
        var all = await list.GetAsync(AllByNameAsync, cancellationToken);
        var chosen = all.Where(s => Matches(s, query)).ToList();
        var sorted = Sort(chosen, query.Sort);
        return new SeriesPage(
            [.. Page(query.Descending ? sorted.Reverse() : sorted, query.Page, query.PerPage)],
            chosen.Count,
            Enum.GetValues<SeriesTraits>()
                .Where(trait => trait is not SeriesTraits.None)
                .Select(trait => (trait, Count: chosen.Count(s => s.Traits.HasFlag(trait))))
                .Where(trait => trait.Count > 0)
                .ToDictionary(trait => trait.trait, trait => trait.Count));
    }

    public async Task<SeriesSummary?> SummaryAsync(string key, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return (await summaries.ReadAsync(database, key, cancellationToken)).SingleOrDefault();
    }

    public async Task<SeriesDetail?> FindAsync(string key, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var series = await database.Series.AsNoTracking().SingleOrDefaultAsync(s => s.Key == key, cancellationToken);
        if (series is null)
        {
            return null;
        }

        var summary = (await summaries.ReadAsync(database, key, cancellationToken)).Single();
        var episodes = await EpisodesAsync(database, database.Episodes.Where(e => e.SeriesId == series.Id), cancellationToken);
        return new SeriesDetail(
            summary,
            series.Description,
            series.LanguageProfile,
            series.AutoDownload,
            [.. episodes.Values.OrderBy(e => e.Season == 0).ThenBy(e => e.Season).ThenBy(e => e.Number)])
        {
            Refresh = new SeriesRefreshState(series.RefreshHours, series.RefreshedAt, series.NextRefreshAt, series.RefreshReason),
            BackdropId = Uri.TryCreate(series.BackdropUrl, UriKind.Absolute, out var backdrop) ? covers.Remember(backdrop) : null,
        };
    }

    /// <summary>Episodes by their database ids; those that are gone are left out.</summary>
    public async Task<IReadOnlyDictionary<long, EpisodeView>> EpisodesAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await EpisodesAsync(database, database.Episodes.Where(e => ids.Contains(e.Id)), cancellationToken);
    }

    private async Task<IReadOnlyList<SeriesSummary>> AllByNameAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var all = await summaries.ReadAsync(database, key: null, cancellationToken);
        return [.. all.OrderBy(s => s.Name, StringComparer.InvariantCultureIgnoreCase).ThenBy(s => s.Key, StringComparer.Ordinal)];
    }

    /// <summary>What costs least comes first.</summary>
    private static bool Matches(SeriesSummary series, SeriesQuery query) =>
        (query.All || series.MissingCount > 0)
        && (series.Traits & query.Traits) == query.Traits
        && (query.Profile is null || (series.LanguageProfile ?? "") == query.Profile)
        && (string.IsNullOrWhiteSpace(query.Filter)
            || CultureInfo.InvariantCulture.CompareInfo.IndexOf(
                series.Name, query.Filter.Trim(), CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0);

    private static IEnumerable<T> Page<T>(IEnumerable<T> all, int page, int? perPage) =>
        perPage is { } size ? all.Skip((page - 1) * size).Take(size) : all;

    /// <returns>By database id.</returns>
    private async Task<Dictionary<long, EpisodeView>> EpisodesAsync(
        AniWorldDbContext database, IQueryable<Episode> query, CancellationToken cancellationToken)
    {
        var episodes = await query.AsNoTracking()
            .Include(e => e.Series)
            .Include(e => e.Files)
            .Include(e => e.Availability)
            .AsSplitQuery()
            .ToListAsync(cancellationToken);
        var keys = episodes.Select(e => e.Series.Key).Distinct().ToList();
        var items = (await database.Downloads.AsNoTracking().ThatCount().Where(i => keys.Contains(i.SeriesKey)).ToListAsync(cancellationToken))
            .ToLookup(i => (i.SeriesKey, i.Season, i.Number));
        return episodes.ToDictionary(e => e.Id, e => View(e, [.. items[(e.Series.Key, e.Season, e.Number)]]));
    }

    /// <param name="items">The episode's downloads that count for its decision.</param>
    private EpisodeView View(Episode episode, IReadOnlyList<DownloadQueueItem> items)
    {
        var settings = options.CurrentValue;
        var profile = LanguageChoice.ProfileOf(settings.Languages, episode.Series.LanguageProfile);
        var (facts, offers) = (EpisodeFacts.Of(episode, episode.Series.Monitored), Offer.Of(episode));
        List<Language> files = [.. episode.Files.Select(f => f.Language)];
        var wanted = EpisodePolicy.Wanted(facts, offers, files, profile)?.Language;
        var shown = items.Where(i => i.DeletedAt is null).OrderBy(i => i.Status is DownloadStatus.Failed).FirstOrDefault();
        return new EpisodeView(
            episode.Season,
            episode.Number,
            EpisodeTitle.Of(episode, settings.Naming.TitleLanguage),
            episode.Titles,
            episode.Absolute,
            [.. offers.Where(o => !o.Withdrawn).Select(o => o.Language).OrderBy(l => LanguageChoice.Rank(profile, l)).ThenBy(l => l.Code, StringComparer.Ordinal)],
            [.. episode.Files.Select(f => new EpisodeFileView(f.Language, f.Path, f.Size, f.Verified, f.Problem))],
            shown?.Status,
            shown?.Id,
            episode.Ignored,
            episode.RemovedByUserAt is not null,
            wanted is not null && episode is { Files.Count: 0, Ignored: false, RemovedByUserAt: null, Series.Monitored: true },
            wanted is not null && episode is { Files.Count: > 0, Ignored: false, Series.Monitored: true },
            wanted,
            EpisodePolicy.Decide(facts, offers, files, profile, EpisodeHistory.Of(items), time.GetUtcNow()));
    }

    /// <summary>Sorting is stable: among equals, the order by name stays.</summary>
    private static IEnumerable<SeriesSummary> Sort(IEnumerable<SeriesSummary> byName, SeriesSort sort) => sort switch
    {
        SeriesSort.Missing => byName.OrderBy(s => s.MissingCount),
        SeriesSort.Added => byName.OrderBy(s => s.AddedAt),
        SeriesSort.Updated => byName.OrderBy(s => s.UpdatedAt),
        SeriesSort.Year => byName.OrderBy(s => s.Year),
        SeriesSort.Progress => byName.OrderBy(s => s.EpisodeCount == 0 ? 0 : (double)s.DownloadedCount / s.EpisodeCount),
        _ => byName,
    };
}
