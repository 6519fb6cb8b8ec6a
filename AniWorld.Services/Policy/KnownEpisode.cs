using AniWorld.Data;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Policy;

/// <summary>What is stored of an episode that the policy goes by.</summary>
/// <param name="Stored">The decision as it was last stored; <see langword="null"/> before the first one.</param>
/// <param name="DecidedAt">Since when it is that one.</param>
internal sealed record KnownEpisode(
    long Id,
    long SeriesId,
    int Season,
    int Number,
    EpisodeFacts Facts,
    IReadOnlyList<Offer> Offers,
    IReadOnlyList<Language> Files,
    EpisodeHistory? History,
    StoredDecision? Stored,
    DateTimeOffset? DecidedAt);

/// <summary>A decision as the database has it.</summary>
internal sealed record StoredDecision(string Code, IReadOnlyDictionary<string, string>? Arguments, DateTimeOffset? Until)
{
    public bool Says(Decision decision) => Code == decision.Code && Until == decision.Until
        && (Arguments?.Count ?? 0) == decision.Arguments.Count(argument => argument.Value is not null)
        && decision.Arguments.All(argument => argument.Value is null || Arguments?.GetValueOrDefault(argument.Name) == argument.Value);
}

/// <summary>Reads many episodes in few queries, without the entities around them.</summary>
internal static class KnownEpisodes
{
    /// <summary>Of so many it is cheaper to name them than to read what belongs to all others, too.</summary>
    private const int FewSeries = 500;

    /// <param name="episodes">Which ones, of those that are not deleted.</param>
    /// <param name="series">By id; episodes of others are left out.</param>
    public static async Task<List<KnownEpisode>> ReadAsync(
        AniWorldDbContext database,
        IQueryable<Episode> episodes,
        IReadOnlyDictionary<long, AnimeSeries> series,
        CancellationToken cancellationToken)
    {
        // The filters for deleted rows stand here once, instead of once per table that is joined.
        var alive = episodes.IgnoreQueryFilters().Where(e => e.DeletedAt == null && e.Series.DeletedAt == null);
        var offers = (await alive
                .SelectMany(e => e.Availability, (e, a) => new { e.Id, a.Language, a.FirstSeenAt, Withdrawn = a.WithdrawnAt != null })
                .ToListAsync(cancellationToken))
            .ToLookup(a => a.Id, a => new Offer(a.Language, a.FirstSeenAt, a.Withdrawn));
        var files = (await alive.SelectMany(e => e.Files, (e, f) => new { e.Id, f.Language }).ToListAsync(cancellationToken))
            .ToLookup(f => f.Id, f => f.Language);
        var history = await HistoryAsync(database, series.Count <= FewSeries ? [.. series.Values.Select(one => one.Key)] : null, cancellationToken);
        var rows = await alive
            .Select(e => new
            {
                e.Id,
                e.SeriesId,
                e.Season,
                e.Number,
                e.Ignored,
                e.RemovedByUserAt,
                e.RemovedLanguages,
                e.WantedAt,
                e.DecisionCode,
                e.DecisionArguments,
                e.DecisionUntil,
                e.DecidedAt,
            })
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Where(e => series.ContainsKey(e.SeriesId)).Select(e => new KnownEpisode(
                e.Id,
                e.SeriesId,
                e.Season,
                e.Number,
                new EpisodeFacts(series[e.SeriesId].Monitored, e.Ignored, e.RemovedByUserAt, e.RemovedLanguages, e.WantedAt),
                [.. offers[e.Id]],
                [.. files[e.Id]],
                EpisodeHistory.Of(history[(series[e.SeriesId].Key, e.Season, e.Number)]),
                e.DecisionCode is null ? null : new StoredDecision(e.DecisionCode, e.DecisionArguments, e.DecisionUntil),
                e.DecidedAt)),
        ];
    }

    /// <param name="keys">Only of these series; <see langword="null"/> for all.</param>
    private static async Task<ILookup<(string Key, int Season, int Number), EpisodeHistory>> HistoryAsync(
        AniWorldDbContext database, List<string>? keys, CancellationToken cancellationToken) =>
        (await (keys is null ? database.Downloads.ThatCount() : database.Downloads.ThatCount().Where(i => keys.Contains(i.SeriesKey)))
            .Select(i => new
            {
                i.SeriesKey,
                i.Season,
                i.Number,
                Entry = new EpisodeHistory(
                    i.Status, i.Language, i.StartedAt ?? i.CreatedAt, i.DeletedAt ?? i.UpdatedAt, i.Error, i.NextRetryAt),
            })
            .ToListAsync(cancellationToken))
        .ToLookup(i => (i.SeriesKey, i.Season, i.Number), i => i.Entry);

    /// <summary>Downloads that a decision depends on: open and failed ones, and those that the user took out of the queue.</summary>
    public static IQueryable<DownloadQueueItem> ThatCount(this IQueryable<DownloadQueueItem> items) => items.IgnoreQueryFilters().Where(i =>
        i.Status == DownloadStatus.Cancelled
        || (i.DeletedAt == null && (i.Status == DownloadStatus.Failed || DownloadStatuses.Open.Contains(i.Status))));
}
