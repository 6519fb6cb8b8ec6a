using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Disk;
using AniWorld.Services.Statistics;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Statistics;

public sealed class DiskForecastTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Now);
    private readonly TestDatabase _database;

    public DiskForecastTests() => _database = new TestDatabase(_time);

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData(null, 100, null)]
    [InlineData(-2, 100, null)]
    [InlineData(-10, 100, 10.0)]
    [InlineData(-90, 300, 10.0)]
    [InlineData(-90, 0, 0.0)]
    public void The_rate_is_that_of_the_last_thirty_days_and_unknown_in_the_first_three(int? firstDay, long bytes, double? expected) =>
        Assert.Equal(expected, DiskForecast.Rate(firstDay is { } day ? Now.AddDays(day) : null, bytes, Now));

    [Theory]
    [InlineData(1_000, 100, 10.0, 90.0)]
    [InlineData(100, 100, 10.0, 0.0)]
    [InlineData(50, 100, 10.0, 0.0)]
    [InlineData(1_000, 0, 0.0, null)]
    [InlineData(1_000, 0, null, null)]
    public void What_is_free_beyond_the_reserve_lasts_so_many_days(long free, long reserve, double? rate, double? days) =>
        Assert.Equal(days, DiskForecast.Left(new DiskSpace(10_000, free), reserve, rate)?.TotalDays);

    [Fact]
    public void A_disk_that_is_not_there_has_no_forecast() => Assert.Null(DiskForecast.Left(null, 0, 10));

    [Fact]
    public async Task Only_what_was_downloaded_counts_and_a_double_episode_once()
    {
        Have((1, "a.mp4", 600, true, -20), (2, "double.mp4", 1_400, true, -5), (3, "double.mp4", 1_400, true, -5), (4, "found.mp4", 1_000_000, false, -1));
        var options = new FixedOptions(new AniWorldOptions { AnimeDirectory = Path.Join(_database.Folder, "library", "not", "there", "yet") });

        var outlook = await new DiskForecast(_database, options, _time).ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(100, outlook.BytesPerDay);
        Assert.Equal(options.CurrentValue.AnimeDirectory, outlook.Folder);
        Assert.True(outlook.Space is { Total: > 0 } space && space.Free <= space.Total);
        Assert.NotNull(outlook.Left);
    }

    private void Have(params (int Number, string Path, long Size, bool Downloaded, int Day)[] files)
    {
        using var database = _database.CreateDbContext();
        var series = new AnimeSeries { Key = "a", Name = "a", Site = "x", Folder = "a", Link = "https://x.example/a", Provider = "x" };
        foreach (var file in files)
        {
            var episode = new Episode { Season = 1, Number = file.Number };
            episode.Files.Add(new EpisodeFile { Path = file.Path, Size = file.Size, Verified = file.Downloaded, CreatedAt = Now.AddDays(file.Day) });
            series.Episodes.Add(episode);
        }

        database.Add(series);
        database.SaveChanges();
    }
}
