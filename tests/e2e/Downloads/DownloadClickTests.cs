using AniWorld.SampleSite;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AniWorld.E2E.Downloads;

[Trait("Kind", "browser")]
public sealed class DownloadClickTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task Five_fast_clicks_on_download_queue_an_episode_once()
    {
        await using var sample = await SampleServer.StartReadyAsync(new SampleSiteOptions { Throttle = 4 << 10 });
        await sample.AddAsync("kurz-und-knapp");
        await using var context = await chromium.NewContextAsync(sample.Address, sample.Token);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/series/kurz-und-knapp");

        await ClickFiveTimesAsync(page.GetByLabel("Download S01E01"));
        await Expect(page.Locator("[data-episode=S01E01]")).Not.ToHaveAttributeAsync("data-state", "missing");
        await DoAnythingAsync(page);
        Assert.Equal(["S1E1"], await sample.QueuedAsync());

        await ClickFiveTimesAsync(page.GetByRole(AriaRole.Button, new() { Name = "Download all missing" }));
        await Expect(page.Locator("[data-episode][data-state=missing]")).ToHaveCountAsync(0);
        await DoAnythingAsync(page);
        Assert.Equal(["S1E1", "S1E2", "S1E3"], await sample.QueuedAsync());
    }

    /// <summary>Faster than any hand: within one task of the page.</summary>
    private static async Task ClickFiveTimesAsync(ILocator button) =>
        await button.EvaluateAsync("button => { for (let i = 0; i < 5; i++) button.click(); }");

    /// <summary>A page's events are handled in their order: once this one shows, those before it are done.</summary>
    private static async Task DoAnythingAsync(IPage page)
    {
        await page.GetByLabel("Select S01E03").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Selected episodes" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear selection" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Selected episodes" })).ToHaveCountAsync(0);
    }
}
