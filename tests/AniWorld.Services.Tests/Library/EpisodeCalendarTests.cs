using AniWorld.Data.History;
using AniWorld.Data.Library;
using AniWorld.Services.History;
using AniWorld.Services.Library;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Library;

public sealed class EpisodeCalendarTests : IDisposable
{
    private static readonly DateOnly Today = new(2026, 11, 22);
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly TestDatabase _database;
    private readonly EpisodeCalendar _calendar;

    public EpisodeCalendarTests()
    {
        _database = new TestDatabase(_time);
        _calendar = new EpisodeCalendar(new ExpectedEpisodes(_database, _time), _database);
    }

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task A_weekly_series_shows_what_came_up_and_what_is_next()
    {
        AddSeries(("mond", 10, -16), ("mond", 11, -9), ("mond", 12, -2));

        var days = await ListAsync(Today.AddDays(-10), Today.AddDays(10));

        Assert.Equal(
            [(-9, 11, CalendarState.Offered), (-2, 12, CalendarState.Offered), (5, 13, CalendarState.Expected)],
            days.Select(one => (one.On.DayNumber - Today.DayNumber, one.Number, one.State)));
    }

    [Fact]
    public async Task What_was_downloaded_stands_on_that_day_alone()
    {
        AddSeries(("mond", 1, -3));
        Downloaded("mond", 1, _time.GetUtcNow().AddDays(-1));
        Downloaded("mond", 1, _time.GetUtcNow().AddDays(-1).AddMinutes(1));
        Downloaded("gone", 1, _time.GetUtcNow());

        var only = Assert.Single(await ListAsync(Today.AddDays(-7), Today));

        Assert.Equal((Today.AddDays(-1), "mond", CalendarState.Arrived), (only.On, only.Key, only.State));
    }

    [Fact]
    public async Task What_was_there_when_the_series_was_added_did_not_come_up()
    {
        AddSeries(("mond", 1, -200));

        Assert.Empty(await ListAsync(Today.AddDays(-300), Today));
    }

    [Fact]
    public async Task A_language_that_follows_brings_no_second_entry()
    {
        AddSeries(("mond", 1, -20));
        using (var database = _database.CreateDbContext())
        {
            database.Add(new EpisodeAvailability
            {
                EpisodeId = database.Episodes.Single().Id,
                Language = Language.EnDub,
                FirstSeenAt = _time.GetUtcNow().AddDays(-1),
            });
            database.SaveChanges();
        }

        Assert.Empty(await ListAsync(Today.AddDays(-7), Today));
    }

    [Fact]
    public async Task A_day_ends_at_the_readers_midnight()
    {
        AddSeries(("mond", 1, -300));
        Downloaded("mond", 1, new DateTimeOffset(2026, 11, 21, 23, 30, 0, TimeSpan.Zero));

        Assert.Equal(Today, Assert.Single(await ListAsync(Today, Today, Berlin)).On);
        Assert.Empty(await ListAsync(Today, Today));
    }

    private Task<IReadOnlyList<CalendarEpisode>> ListAsync(DateOnly first, DateOnly last, TimeZoneInfo? zone = null) =>
        _calendar.ListAsync(first, last, zone ?? TimeZoneInfo.Utc, TestContext.Current.CancellationToken);

    private void Downloaded(string key, int number, DateTimeOffset at)
    {
        using var database = _database.CreateDbContext();
        var happened = HistoryEvent.OfEpisode(HistoryKinds.Downloaded, key, 1, number);
        happened.CreatedAt = at;
        database.Add(happened);
        database.SaveChanges();
    }

    private void AddSeries(params (string Key, int Number, int Day)[] offers)
    {
        using var database = _database.CreateDbContext();
        foreach (var group in offers.GroupBy(offer => offer.Key))
        {
            var series = new AnimeSeries
            {
                Key = group.Key,
                Name = group.Key,
                Site = "x",
                Folder = group.Key,
                Link = "https://x.example/a",
                Provider = "x",
                CreatedAt = _time.GetUtcNow().AddDays(-100),
            };
            foreach (var offer in group)
            {
                var episode = new Episode { Season = 1, Number = offer.Number };
                episode.Availability.Add(new EpisodeAvailability { Language = Language.DeSub, FirstSeenAt = _time.GetUtcNow().AddDays(offer.Day) });
                series.Episodes.Add(episode);
            }

            database.Add(series);
        }

        database.SaveChanges();
    }
}
