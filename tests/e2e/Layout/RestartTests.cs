using System.Text.RegularExpressions;
using AniWorld.SampleSite;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AniWorld.E2E.Layout;

/// <summary>The server goes and comes back while pages are open.</summary>
[Trait("Kind", "browser")]
public sealed class RestartTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_page_says_that_the_server_is_gone_comes_back_by_itself_and_repeats_nothing()
    {
        await using var sample = await SampleServer.StartReadyAsync(new SampleSiteOptions { Throttle = 4 << 10 });
        await sample.AddAsync("kurz-und-knapp");
        await using var context = await chromium.NewContextAsync(sample.Address, sample.Token);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/series/kurz-und-knapp");
        await page.GetByLabel("Download S01E01").ClickAsync();
        await Expect(page.Locator("[data-episode=S01E01]")).Not.ToHaveAttributeAsync("data-state", "missing");

        await sample.Server.KillAsync();
        await Expect(page.GetByText("Connection lost, trying again…")).ToBeVisibleAsync();
        await page.GetByLabel("Download S01E02").ClickAsync();
        await sample.Server.StartAgainAsync();

        await Expect(page.GetByText("Connection lost, trying again…")).ToBeHiddenAsync();
        await Expect(page.Locator("[data-episode=S01E01]")).Not.ToHaveAttributeAsync("data-state", "missing");
        await page.GetByLabel("Download S01E03").ClickAsync();
        await Expect(page.Locator("[data-episode=S01E03]")).Not.ToHaveAttributeAsync("data-state", "missing");

        // The click into the void may be lost; it must not count twice, nor the one before it.
        var queued = await sample.QueuedAsync();
        Assert.Equal(queued.Distinct(), queued);
        Assert.Contains("S1E1", queued);
        Assert.Contains("S1E3", queued);
    }

    [Fact]
    public async Task A_login_page_from_before_a_restart_still_logs_in()
    {
        await using var sample = await SampleServer.StartReadyAsync();
        await using var context = await chromium.NewContextAsync(sample.Address);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/queue");
        await Expect(page).ToHaveURLAsync(new Regex("/login"));

        Assert.Equal(0, await sample.Server.TerminateAsync());
        await sample.Server.StartAgainAsync();
        await page.GetByLabel("Master password").FillAsync(SampleServer.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("/queue$"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Queue" })).ToBeVisibleAsync();
    }
}
