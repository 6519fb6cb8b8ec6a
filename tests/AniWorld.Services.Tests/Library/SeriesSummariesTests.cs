using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Library;
using AniWorld.Services.Policy;
using AniWorld.Services.Tests.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Tests.Library;

/// <summary>What the database counts must be what the policy says of each episode.</summary>
public sealed class SeriesSummariesTests : IAsyncDisposable
{
    private const int Series = 40;
    private const int Episodes = 25;

    private static readonly Language[] Languages =
        [Language.DeDub, Language.DeSub, Language.EnSub, Language.EnDub, Language.Ja, Language.Unknown];

    private static readonly LanguageProfile Other = LanguageProfile.Default with { Name = "other", Order = ["en-dub", "en-sub", "ja"], Cutoff = "en-sub" };

    private readonly TestHost _host = new();

    public SeriesSummariesTests()
    {
        var options = _host.Options.CurrentValue;
        _host.Options.CurrentValue = options with { Languages = options.Languages with { Profiles = [LanguageProfile.Default, Other] } };
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Counts_are_what_the_policy_says_of_each_episode(int seed)
    {
        var random = new Random(seed);
        await AddAsync([.. Enumerable.Range(0, Series).Select(index => Make(index, random))]);

        var summaries = await ReadAsync(null);

        await using var database = _host.OpenDatabase();
        var all = await database.Series.Include(s => s.Episodes).ThenInclude(e => e.Files).Include(s => s.Episodes).ThenInclude(e => e.Availability)
            .AsSplitQuery().ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(all.Select(Expected).OrderBy(line => line, StringComparer.Ordinal), summaries.Select(Line).OrderBy(line => line, StringComparer.Ordinal));
    }

    [Fact]
    public async Task One_series_is_counted_without_the_others()
    {
        var random = new Random(4);
        await AddAsync([.. Enumerable.Range(0, 3).Select(index => Make(index, random))]);

        var all = await ReadAsync(null);
        var one = Assert.Single(await ReadAsync("series-1"));

        Assert.Equal(Line(all.Single(series => series.Key == "series-1")), Line(one));
        Assert.Empty(await ReadAsync("series-99"));
    }

    [Fact]
    public async Task Failed_downloads_and_a_steady_pace_are_told()
    {
        var series = Make(0, new Random(5));
        series.RefreshReason = RefreshReason.Airing;
        await AddAsync([series, Failed(1, Language.DeDub), Failed(1, Language.DeSub), Failed(2, Language.DeDub)]);

        var summary = Assert.Single(await ReadAsync(null));

        Assert.Equal((2, true), (summary.FailedCount, summary.IsAiring));
        Assert.True(summary.Traits.HasFlag(SeriesTraits.Failed | SeriesTraits.Airing));
    }

    private static string Line(SeriesSummary series)
    {
        var missing = series.Missing.Select(season => $"{season.Key}:{string.Join(',', season.Value)}");
        return $"{series.Key} {series.EpisodeCount}/{series.DownloadedCount} missing {string.Join(' ', missing)} upgradable {series.UpgradableCount}";
    }

    private string Expected(AnimeSeries series)
    {
        var profile = LanguageChoice.ProfileOf(_host.Options.CurrentValue.Languages, series.LanguageProfile);
        var wanted = series.Episodes.Where(e => series.Monitored && !e.Ignored
                && EpisodePolicy.Wanted(EpisodeFacts.Of(e, series.Monitored), Offer.Of(e), [.. e.Files.Select(f => f.Language)], profile) is not null)
            .ToList();
        var missing = wanted.Where(e => e.Files.Count == 0 && e.RemovedByUserAt is null)
            .GroupBy(e => e.Season)
            .OrderBy(season => season.Key)
            .Select(season => $"{season.Key}:{string.Join(',', season.Select(e => e.Number).Order())}");
        return $"{series.Key} {series.Episodes.Count}/{series.Episodes.Count(e => e.Files.Count > 0)} missing {string.Join(' ', missing)} "
            + $"upgradable {wanted.Count(e => e.Files.Count > 0)}";
    }

    private static AnimeSeries Make(int index, Random random)
    {
        var series = new AnimeSeries
        {
            Key = $"series-{index}",
            Name = $"Serie {index}",
            Site = "site.example",
            Folder = $"Serie {index}",
            Link = "https://site.example/a",
            Provider = "aniworld",
            Monitored = random.Next(4) > 0,
            LanguageProfile = random.Next(3) switch { 0 => "other", 1 => "gone", _ => null },
        };
        for (var number = 0; number < Episodes; number++)
        {
            series.Episodes.Add(MakeEpisode(number % 3, (number / 3) + 1, random));
        }

        return series;
    }

    private static Episode MakeEpisode(int season, int number, Random random)
    {
        var episode = new Episode
        {
            Season = season,
            Number = number,
            Ignored = random.Next(8) == 0,
            RemovedByUserAt = random.Next(8) == 0 ? DateTimeOffset.UnixEpoch : null,
            RemovedLanguages = random.Next(4) == 0 ? [Languages[random.Next(Languages.Length)].Code] : null,
            DeletedAt = random.Next(12) == 0 ? DateTimeOffset.UnixEpoch : null,
        };
        foreach (var language in Languages.Where(_ => random.Next(3) == 0))
        {
            episode.Availability.Add(new EpisodeAvailability
            {
                Language = language,
                Hosters = ["Rangeo"],
                WithdrawnAt = random.Next(5) == 0 ? DateTimeOffset.UnixEpoch : null,
            });
        }

        foreach (var language in Languages.Where(_ => random.Next(6) == 0))
        {
            episode.Files.Add(new EpisodeFile { Language = language, Path = $"{season}-{number}-{language}.mp4" });
        }

        return episode;
    }

    private static DownloadQueueItem Failed(int number, Language language) => new()
    {
        Id = Guid.NewGuid(),
        SeriesKey = "series-0",
        SeriesName = "Serie 0",
        SeriesFolder = "Serie 0",
        Season = 1,
        Number = number,
        Title = "",
        Language = language,
        Status = DownloadStatus.Failed,
    };

    private async Task AddAsync(object[] rows)
    {
        await using var database = _host.OpenDatabase();
        database.AddRange(rows);
        await database.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private async Task<List<SeriesSummary>> ReadAsync(string? key)
    {
        await using var database = _host.OpenDatabase();
        return await new SeriesSummaries(_host.Options).ReadAsync(database, key, TestContext.Current.CancellationToken);
    }
}
