using AniWorld.Blazor.Library;
using AniWorld.Data.Downloads;
using AniWorld.Services.Progress;
using Bunit;
using Microsoft.AspNetCore.Components.Web;

namespace AniWorld.Blazor.Tests.Library;

public sealed class SeriesPageTests : IAsyncDisposable
{
    private const string Hostile = "<img src=x onerror=alert(1)>";

    private readonly PageWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void Shift_selects_the_range_and_download_queues_it()
    {
        var page = Open("Mondlotse", episodes: 5);

        page.FindAll(".episode-select")[1].Click();
        page.FindAll(".episode-select")[3].Click(new MouseEventArgs { ShiftKey = true });
        page.Find(".selection-bar .mud-button-filled").Click();

        page.WaitForAssertion(() => Assert.Equal([2, 3, 4], Queued()));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".selection-bar")));
    }

    [Fact]
    public async Task Five_quick_clicks_on_download_make_one_item()
    {
        var page = Open("Mondlotse", episodes: 2);
        var row = page.FindComponents<EpisodeRow>()[0];

        await row.InvokeAsync(() => Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => row.Instance.OnDownload.InvokeAsync([row.Instance.Line]))));

        Assert.Equal([1], Queued());
    }

    [Fact]
    public void A_queued_episode_shows_its_progress_without_a_reload()
    {
        var page = Open("Mondlotse", episodes: 2);
        page.Find("button[aria-label='Download S01E02']").Click();
        page.WaitForAssertion(() => Assert.NotNull(page.Find("[data-episode=S01E02][data-state=queued]")));
        using var database = _world.Database();
        var item = database.Downloads.Single();
        item.Status = DownloadStatus.Downloading;
        database.SaveChanges();

        _world.Time.Advance(TimeSpan.FromSeconds(1));
        _world.Happens(new DownloadProgressed(
            item.Id, "mond-lotse", "Mondlotse (2020)", 1, 2, DownloadPhase.Downloading, 37, 37, 100, 1, null));
        _world.Happens(new SeriesChanged("mond-lotse", "Mondlotse (2020)"));

        page.WaitForAssertion(() => Assert.Contains("37 %", page.Find("[data-episode=S01E02]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void A_hostile_title_is_shown_as_text()
    {
        var page = Open(Hostile, episodes: 1);

        Assert.Equal(Hostile, page.Find("h1").TextContent);
        Assert.Equal($"{Hostile} 1", page.Find(".episode-title").TextContent);
        Assert.Empty(page.FindAll("img"));
    }

    [Fact]
    public void An_unknown_series_says_so_and_leads_on()
    {
        var page = _world.Render<SeriesPage>(parameters => parameters.Add(p => p.Key, "nirgends"));

        page.WaitForAssertion(() => Assert.Equal("This series is not in the library", page.Find("h1").TextContent));
    }

    private IRenderedComponent<SeriesPage> Open(string name, int episodes)
    {
        _world.AddSeries(name, episodes);
        var page = _world.Render<SeriesPage>(parameters => parameters.Add(p => p.Key, "mond-lotse"));
        page.WaitForAssertion(() => Assert.Equal(episodes, page.FindAll(".episode").Count));
        return page;
    }

    private List<int> Queued()
    {
        using var database = _world.Database();
        return [.. database.Downloads.Select(item => item.Number).Order()];
    }
}
