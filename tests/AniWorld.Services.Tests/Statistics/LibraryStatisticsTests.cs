using AniWorld.Data.History;
using AniWorld.Data.Library;
using AniWorld.Services.History;
using AniWorld.Services.Statistics;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Statistics;

public sealed class LibraryStatisticsTests : IDisposable
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly TestDatabase _database;
    private readonly LibraryStatistics _statistics;

    public LibraryStatisticsTests()
    {
        _database = new TestDatabase(_time);
        _statistics = new LibraryStatistics(_database, _time);
    }

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Sizes_are_added_up_by_series_and_language_and_a_double_episode_counts_once()
    {
        Have("klein", (1, "k1.mp4", 10, Language.DeDub, 0));
        Have("gross", (1, "double.mp4", 100, Language.DeDub, 0), (2, "double.mp4", 100, Language.DeDub, 0), (3, "g3.mp4", 50, Language.EnSub, 0));

        var figures = await ReadAsync(days: 7);

        Assert.Equal([("gross", 150L, 2), ("klein", 10L, 1)], figures.Series.Select(one => (one.Key, one.Bytes, one.Files)));
        Assert.Equal([("de-dub", 110L, 2), ("en-sub", 50L, 1)], figures.Languages.Select(one => (one.Language.Code, one.Bytes, one.Files)));
        Assert.Equal((160, 3), (figures.Bytes, figures.Files));
    }

    [Fact]
    public async Task The_library_grows_from_day_to_day_and_holds_what_came_before_at_the_first()
    {
        Have("gross", (1, "old.mp4", 1_000, Language.DeDub, -40), (2, "a.mp4", 10, Language.DeDub, -2), (3, "b.mp4", 5, Language.DeDub, 0));

        var figures = await ReadAsync(days: 4);

        Assert.Equal([1_000, 1_010, 1_010, 1_015], figures.Days.Select(day => day.Bytes));
        Assert.Equal(new DateOnly(2026, 11, 22), figures.Days[^1].On);
    }

    [Fact]
    public async Task Downloads_count_on_the_day_that_the_reader_had()
    {
        // 23:30 in UTC is the next day in Berlin already.
        Happened(HistoryKinds.Downloaded, new DateTimeOffset(2026, 11, 20, 23, 30, 0, TimeSpan.Zero));
        Happened(HistoryKinds.Downloaded, new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero));
        Happened(HistoryKinds.DownloadFailed, new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero));

        Assert.Equal([0, 1, 1], (await ReadAsync(days: 3, Berlin)).Days.Select(day => day.Downloads));
        Assert.Equal([1, 0, 1], (await ReadAsync(days: 3)).Days.Select(day => day.Downloads));
    }

    [Fact]
    public async Task Of_nothing_there_are_days_of_nothing()
    {
        var figures = await ReadAsync(days: 2);

        Assert.Equal([(0, 0L), (0, 0L)], figures.Days.Select(day => (day.Downloads, day.Bytes)));
        Assert.Empty(figures.Series);
    }

    private Task<LibraryFigures> ReadAsync(int days, TimeZoneInfo? zone = null) =>
        _statistics.ReadAsync(days, zone ?? TimeZoneInfo.Utc, TestContext.Current.CancellationToken);

    private void Happened(string kind, DateTimeOffset at)
    {
        using var database = _database.CreateDbContext();
        var happened = HistoryEvent.Of(kind);
        happened.CreatedAt = at;
        database.Add(happened);
        database.SaveChanges();
    }

    private void Have(string key, params (int Number, string Path, long Size, Language Language, int Day)[] files)
    {
        using var database = _database.CreateDbContext();
        var series = new AnimeSeries { Key = key, Name = key, Site = "x", Folder = key, Link = "https://x.example/a", Provider = "x" };
        foreach (var file in files)
        {
            var episode = new Episode { Season = 1, Number = file.Number };
            episode.Files.Add(new EpisodeFile
            {
                Path = $"{key}/{file.Path}",
                Size = file.Size,
                Language = file.Language,
                CreatedAt = _time.GetUtcNow().AddDays(file.Day),
            });
            series.Episodes.Add(episode);
        }

        database.Add(series);
        database.SaveChanges();
    }
}
