using AniWorld.Blazor.Dashboard;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Progress;
using AniWorld.Services.Scheduling;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Blazor.Tests.Dashboard;

public sealed class DashboardPageTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly PageWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void Who_has_just_begun_is_told_what_to_do_next()
    {
        var page = At("");

        page.WaitForAssertion(() => Assert.Equal(
            ["welcome", "settings#sources", "add", "import", "settings#languages", "settings/notifications"],
            page.FindAll(".next-step-link").Select(link => link.GetAttribute("href"))), Patience);
        Assert.All(page.FindAll(".next-step"), step => Assert.Equal("false", step.GetAttribute("data-done")));
        Assert.Empty(page.FindAll(".tile"));
    }

    [Fact]
    public void Every_tile_leads_to_the_page_that_says_more()
    {
        _world.AddSeries("Mondlotse", 2);

        var page = Shown();

        Assert.Equal(
            ["queue", "calendar", "missing", "queue", "statistics", "sources", "tasks", "system"],
            page.FindAll(".tile .tile-link").Select(link => link.GetAttribute("href")));
        Assert.Equal(page.FindAll(".tile").Count, page.FindAll(".tile h2 .tile-link").Count);
        Assert.Contains("2", Tile(page, "Missing").TextContent, StringComparison.Ordinal);
        Assert.Contains(DashboardTexts.Of("DownloadsNone"), Tile(page, "Downloads").TextContent, StringComparison.Ordinal);
        Assert.Contains(DashboardTexts.Of("DiskUnknown"), Tile(page, "Disk").TextContent, StringComparison.Ordinal);
        Assert.Contains(DashboardTexts.Of("SourcesNone"), Tile(page, "Sources").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_download_is_followed_as_it_goes()
    {
        _world.AddSeries("Mondlotse", 2);
        var item = _world.AddDownload(1, DownloadStatus.Downloading);
        _world.AddDownload(2, DownloadStatus.Pending);
        var page = Shown();
        Assert.Contains(DashboardTexts.Count("Waiting", 1), Tile(page, "Downloads").TextContent, StringComparison.Ordinal);

        _world.Happens(new DownloadProgressed(
            item.Id, item.SeriesKey, item.SeriesFolder, 1, 1, DownloadPhase.Downloading, 42.5, 425, 1_000, 3 << 20, TimeSpan.FromSeconds(90)));

        page.WaitForAssertion(() => Assert.Equal("42", page.Find(".running-download [role=progressbar]").GetAttribute("aria-valuenow")), Patience);
        var tile = Tile(page, "Downloads").TextContent;
        Assert.Contains(DashboardTexts.Of("Phase_Downloading"), tile, StringComparison.Ordinal);
        Assert.Contains("3.0 MiB/s", tile, StringComparison.Ordinal);
        Assert.Contains("1 min 30 s", tile, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_failed_and_what_is_to_be_noticed_stands_there()
    {
        var notices = _world.Services.GetRequiredService<RecentNotices>();
        await notices.StartAsync(Xunit.TestContext.Current.CancellationToken);
        _world.Eventually(() =>
        {
            _world.Happens(new SystemNotice("warning", "disk_full", "The disk is <b>full</b>."));
            Assert.NotEmpty(notices.List);
        });
        _world.AddSeries("Mondlotse", 2);
        _world.AddDownload(1, DownloadStatus.Failed, item => item.Error = "http_404: The video is gone.");

        var page = Shown();

        Assert.Contains("The video is gone.", Tile(page, "Failed").TextContent, StringComparison.Ordinal);
        Assert.Contains("bad", Tile(page, "Failed").ClassName, StringComparison.Ordinal);
        Assert.Contains("The disk is <b>full</b>.", Tile(page, "Notices").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_comes_today_is_listed_and_what_comes_next_is_named()
    {
        AddWeekly("heute-dran", "Heute dran", daysSinceLast: 7);
        AddWeekly("bald-dran", "Bald dran", daysSinceLast: 5);

        var page = Shown();

        Assert.Equal(["series/heute-dran"], Tile(page, "Today").QuerySelectorAll(".calendar-entry").Select(link => link.GetAttribute("href")));
        Assert.Contains("Bald dran S01E04", Tile(page, "Today").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_tasks_are_the_soonest_ones()
    {
        _world.AddSeries("Mondlotse", 1);
        var soonest = (await _world.Services.GetRequiredService<ScheduleService>().ListAsync(Xunit.TestContext.Current.CancellationToken)).Min(job => job.Next[0]);

        var page = Shown();

        var lines = Tile(page, "Jobs").QuerySelectorAll("li");
        Assert.Equal(3, lines.Length);
        Assert.Contains(Blazor.Layout.Amount.Moment(soonest, _world.Time.LocalTimeZone), lines[0].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_from_when_the_library_was_here_still_leads_there()
    {
        At("?q=mond&show=missing");

        Assert.EndsWith("/library?q=mond&show=missing", _world.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    private static AngleSharp.Dom.IElement Tile(IRenderedComponent<DashboardPage> page, string name) => page.Find($"[data-tile={name}]");

    private IRenderedComponent<DashboardPage> Shown()
    {
        var page = At("");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".tile")), Patience);
        return page;
    }

    private IRenderedComponent<DashboardPage> At(string address)
    {
        _world.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return _world.Render<DashboardPage>();
    }

    /// <summary>Three episodes, a week apart.</summary>
    private void AddWeekly(string key, string name, int daysSinceLast)
    {
        var series = new AnimeSeries
        {
            Key = key,
            Name = name,
            Site = "example.org",
            Folder = name,
            Link = $"https://example.org/anime/stream/{key}",
            Provider = "aniworld",
            CreatedAt = _world.Time.GetUtcNow().AddDays(-100),
        };
        for (var number = 1; number <= 3; number++)
        {
            var episode = new Episode { Season = 1, Number = number };
            episode.Availability.Add(new EpisodeAvailability
            {
                Language = Language.DeDub,
                FirstSeenAt = _world.Time.GetUtcNow().AddDays(-daysSinceLast - (7 * (3 - number))),
            });
            series.Episodes.Add(episode);
        }

        using var database = _world.Database();
        database.Add(series);
        database.SaveChanges();
    }
}
