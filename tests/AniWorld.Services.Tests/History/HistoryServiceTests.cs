using AniWorld.Data.History;
using AniWorld.Data.Library;
using AniWorld.Services.History;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.History;

[Trait("Database", "both")]
public sealed class HistoryServiceTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly TestDatabase _database;
    private readonly HistoryService _history;

    public HistoryServiceTests()
    {
        _database = new TestDatabase(_time);
        _history = new HistoryService(_database);
    }

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task The_newest_comes_first_and_pages_follow_each_other()
    {
        for (var day = 1; day <= 5; day++)
        {
            Add(HistoryEvent.Of("auth.login", ("address", $"10.0.0.{day}")), day: -day);
        }

        var second = await ListAsync(new HistoryQuery { Page = 2, PerPage = 2 });

        Assert.Equal(["10.0.0.3", "10.0.0.4"], second.Lines.Select(line => line.Event.Details["address"]));
        Assert.Equal(5, second.Total);
    }

    [Fact]
    public async Task A_kind_a_topic_a_series_and_a_time_narrow_it_down()
    {
        Add(HistoryEvent.OfEpisode("download.completed", "a", 1, 1), day: -1);
        Add(HistoryEvent.OfEpisode("download.failed", "b", 1, 1), day: -2);
        Add(HistoryEvent.Of("downloads.other"), day: -3);
        Add(HistoryEvent.OfEpisode("file.removed", "a", 1, 2), day: -30);

        Assert.Equal(["download.failed"], await KindsAsync(new HistoryQuery { Kind = "download.failed" }));
        Assert.Equal(["download.completed", "download.failed"], await KindsAsync(new HistoryQuery { Kind = "download" }));
        Assert.Equal(["download.completed", "file.removed"], await KindsAsync(new HistoryQuery { Key = "a" }));
        Assert.Equal(["download.completed", "download.failed"], await KindsAsync(new HistoryQuery { From = _time.GetUtcNow().AddDays(-2) }));
        Assert.Equal(["file.removed"], await KindsAsync(new HistoryQuery { To = _time.GetUtcNow().AddDays(-3) }));
        Assert.Equal(["download.completed", "download.failed", "downloads.other", "file.removed"], await _history.KindsAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("lotse", "a")]
    [InlineData("BAECKEREI", "")]
    [InlineData("bäckerei", "b")]
    [InlineData("backerei", "b")]
    [InlineData("Föhn", "a")]
    [InlineData("100%", "b")]
    [InlineData("100_", "")]
    [InlineData("a\\b", "a")]
    [InlineData("ZU 100", "b")]
    public async Task A_text_is_looked_for_in_names_of_series_and_in_details(string text, string expected)
    {
        AddSeries("a", "Mondlotse");
        AddSeries("b", "Die Bäckerei");
        Add(HistoryEvent.OfEpisode("file.moved", "a", 1, 1, ("path", "Föhn/a\\b.mp4")));
        Add(HistoryEvent.OfEpisode("file.moved", "b", 1, 1, ("path", "zu 100% da.mp4")));

        var found = await ListAsync(new HistoryQuery { Text = text });

        Assert.Equal(expected, string.Concat(found.Lines.Select(line => line.Event.SeriesKey)));
    }

    [Fact]
    public async Task A_series_that_was_removed_keeps_its_name_but_is_not_there()
    {
        AddSeries("a", "Einst", deleted: true);
        Add(HistoryEvent.OfSeries("series.trashed", "a"));
        Add(HistoryEvent.OfSeries("series.trashed", "unknown"), day: -1);

        var found = (await ListAsync(new HistoryQuery())).Lines;
        AddSeries("a", "Jetzt");
        var back = (await ListAsync(new HistoryQuery())).Lines[0];

        Assert.Equal([("Einst", false), (null, false)], found.Select(line => (line.SeriesName, line.HasSeries)));
        Assert.Equal(("Jetzt", true), (back.SeriesName, back.HasSeries));
    }

    private Task<HistoryResult> ListAsync(HistoryQuery query) => _history.ListAsync(query, TestContext.Current.CancellationToken);

    private async Task<IEnumerable<string>> KindsAsync(HistoryQuery query) => (await ListAsync(query)).Lines.Select(line => line.Event.Kind);

    private void Add(HistoryEvent happened, int day = 0)
    {
        using var database = _database.CreateDbContext();
        happened.CreatedAt = _time.GetUtcNow().AddDays(day);
        database.Add(happened);
        database.SaveChanges();
    }

    private void AddSeries(string key, string name, bool deleted = false)
    {
        using var database = _database.CreateDbContext();
        database.Add(new AnimeSeries
        {
            Key = key,
            Name = name,
            Site = "x",
            Folder = key,
            Link = "https://x.example/a",
            Provider = "x",
            DeletedAt = deleted ? _time.GetUtcNow() : null,
        });
        database.SaveChanges();
    }
}
