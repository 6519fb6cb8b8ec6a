using AniWorld.Data;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Policy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Library;

/// <summary>Reads series as lists show them. The database counts; only episodes that something is to be done about come out of it.</summary>
internal sealed class SeriesSummaries(IOptionsMonitor<AniWorldOptions> options)
{
    private static readonly IReadOnlyDictionary<int, IReadOnlyList<int>> Nothing = new Dictionary<int, IReadOnlyList<int>>();

    /// <param name="key">Only this series; <see langword="null"/> for all.</param>
    /// <returns>In no particular order.</returns>
    public async Task<List<SeriesSummary>> ReadAsync(AniWorldDbContext database, string? key, CancellationToken cancellationToken)
    {
        var tallies = await SeriesAsync(database, key, cancellationToken);

        // The filters for deleted rows stand here once, instead of once per table that is joined.
        long? only = key is null ? null : tallies.Keys.FirstOrDefault();
        var episodes = database.Episodes.IgnoreQueryFilters().Where(e => e.DeletedAt == null && (only == null || e.SeriesId == only));
        await CountAsync(episodes, tallies, cancellationToken);
        var alike = tallies.Values.GroupBy(tally => tally.LanguageProfile).ToList();
        foreach (var some in alike)
        {
            var own = alike.Count == 1 ? episodes : episodes.Where(e => e.Series.LanguageProfile == some.Key);
            var profile = LanguageChoice.ProfileOf(options.CurrentValue.Languages, some.Key);
            await FindMissingAsync(own, profile, tallies, cancellationToken);
            await FindUpgradableAsync(own, profile, tallies, cancellationToken);
        }

        var failed = await FailedAsync(database, key, cancellationToken);
        return [.. tallies.Values.Select(tally => tally.Summary(failed.GetValueOrDefault(tally.Key)))];
    }

    private static async Task<Dictionary<long, Tally>> SeriesAsync(AniWorldDbContext database, string? key, CancellationToken cancellationToken) =>
        await database.Series
            .Where(s => key == null || s.Key == key)
            .Select(s => new Tally
            {
                Id = s.Id,
                Key = s.Key,
                Name = s.Name,
                Site = s.Site,
                Folder = s.Folder,
                Link = s.Link,
                Year = s.Year,
                HasCover = s.CoverUrl != null,
                Monitored = s.Monitored,
                LanguageProfile = s.LanguageProfile,
                RefreshReason = s.RefreshReason,
                AddedAt = s.CreatedAt,
                UpdatedAt = s.UpdatedAt,
            })
            .ToDictionaryAsync(tally => tally.Id, cancellationToken);

    private static async Task CountAsync(IQueryable<Episode> episodes, Dictionary<long, Tally> tallies, CancellationToken cancellationToken)
    {
        var counts = episodes
            .GroupBy(e => e.SeriesId)
            .Select(own => new { own.Key, Episodes = own.Count(), Downloaded = own.Count(e => e.Files.Count > 0) });
        await foreach (var count in counts.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (tallies.TryGetValue(count.Key, out var tally))
            {
                (tally.Episodes, tally.Downloaded) = (count.Episodes, count.Downloaded);
            }
        }
    }

    private static async Task FindMissingAsync(
        IQueryable<Episode> episodes, LanguageProfile profile, Dictionary<long, Tally> tallies, CancellationToken cancellationToken)
    {
        var wanted = profile.Order.Select(Language.Parse).ToList();
        var missing = episodes
            .Where(e => !e.Ignored && e.RemovedByUserAt == null && !e.Files.Any()
                && e.Availability.Any(a => a.WithdrawnAt == null && wanted.Contains(a.Language)))
            .Select(e => new { e.SeriesId, e.Season, e.Number });
        await foreach (var episode in missing.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (tallies.TryGetValue(episode.SeriesId, out var tally) && tally.Monitored)
            {
                tally.Miss(episode.Season, episode.Number);
            }
        }
    }

    /// <summary>The rule is <see cref="EpisodePolicy.Wanted"/>'s, over what comes into question at all: files short of the cut-off.</summary>
    private static async Task FindUpgradableAsync(
        IQueryable<Episode> episodes, LanguageProfile profile, Dictionary<long, Tally> tallies, CancellationToken cancellationToken)
    {
        var enough = LanguageChoice.GoodEnough(profile);
        var wanted = profile.Order.Select(Language.Parse).ToList();
        var poor = episodes
            .Where(e => !e.Ignored && e.Files.Any() && !e.Files.Any(f => enough.Contains(f.Language)))
            .SelectMany(e => e.Availability.Where(a => a.WithdrawnAt == null && wanted.Contains(a.Language)), (e, a) => new { Episode = e, a.Language })
            .SelectMany(
                offer => offer.Episode.Files,
                (offer, f) => new { offer.Episode.Id, offer.Episode.SeriesId, offer.Episode.RemovedLanguages, Offered = offer.Language, Had = f.Language });
        var best = new Dictionary<long, (long SeriesId, int Offered, int Had)>();
        await foreach (var pair in poor.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var (_, offered, had) = best.GetValueOrDefault(pair.Id, (pair.SeriesId, int.MaxValue, int.MaxValue));
            var rank = pair.RemovedLanguages?.Contains(pair.Offered.Code) is true ? int.MaxValue : LanguageChoice.Rank(profile, pair.Offered);
            best[pair.Id] = (pair.SeriesId, Math.Min(offered, rank), Math.Min(had, LanguageChoice.Rank(profile, pair.Had)));
        }

        foreach (var (series, offered, had) in best.Values)
        {
            if (offered < had && tallies.TryGetValue(series, out var tally) && tally.Monitored)
            {
                tally.Upgradable++;
            }
        }
    }

    /// <returns>Episodes whose download failed, by key of the series.</returns>
    private static async Task<Dictionary<string, int>> FailedAsync(AniWorldDbContext database, string? key, CancellationToken cancellationToken) =>
        await database.Downloads
            .Where(i => i.Status == DownloadStatus.Failed && (key == null || i.SeriesKey == key))
            .Select(i => new { i.SeriesKey, i.Season, i.Number })
            .Distinct()
            .GroupBy(i => i.SeriesKey)
            .Select(own => new { own.Key, Count = own.Count() })
            .ToDictionaryAsync(own => own.Key, own => own.Count, cancellationToken);

    /// <summary>A series while its episodes are being counted.</summary>
    private sealed class Tally
    {
        private SortedList<int, List<int>>? _missing;

        public required long Id { get; init; }

        public required string Key { get; init; }

        public required string Name { get; init; }

        public required string Site { get; init; }

        public required string Folder { get; init; }

        public required string Link { get; init; }

        public required int? Year { get; init; }

        public required bool HasCover { get; init; }

        public required bool Monitored { get; init; }

        public required string? LanguageProfile { get; init; }

        public required string? RefreshReason { get; init; }

        public required DateTimeOffset AddedAt { get; init; }

        public required DateTimeOffset UpdatedAt { get; init; }

        public int Episodes { get; set; }

        public int Downloaded { get; set; }

        public int Upgradable { get; set; }

        public void Miss(int season, int number)
        {
            _missing ??= [];
            if (!_missing.TryGetValue(season, out var numbers))
            {
                _missing.Add(season, numbers = []);
            }

            numbers.Add(number);
        }

        public SeriesSummary Summary(int failed) => new(
            Key, Name, Site, Folder, Link, Year, HasCover, Monitored, Episodes, Downloaded, Missing(), AddedAt, UpdatedAt)
        {
            UpgradableCount = Upgradable,
            FailedCount = failed,
            IsAiring = RefreshReason is Library.RefreshReason.Airing,
            LanguageProfile = LanguageProfile,
        };

        private IReadOnlyDictionary<int, IReadOnlyList<int>> Missing()
        {
            if (_missing is null)
            {
                return Nothing;
            }

            foreach (var numbers in _missing.Values)
            {
                numbers.Sort();
            }

            return _missing.ToDictionary(season => season.Key, season => (IReadOnlyList<int>)season.Value);
        }
    }
}
