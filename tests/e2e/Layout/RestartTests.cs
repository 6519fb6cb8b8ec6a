using System.Text.RegularExpressions;
using AniWorld.SampleSite;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AniWorld.E2E.Layout;

/// <summary>The server goes and comes back while pages are open.</summary>
[Trait("Kind", "browser")]
public sealed partial class RestartTests(Chromium chromium) : IClassFixture<Chromium>
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
    public async Task A_download_goes_on_after_the_server_was_killed_in_the_middle_of_it_and_the_open_queue_shows_that()
    {
        // 4 MiB through 8 connections of 96 KiB/s each: about 5 s.
        await using var sample = await SampleServer.StartReadyAsync(
            new SampleSiteOptions { PadTo = 4 << 20, Throttle = 96 << 10 }, "--hosters.order.0", "Rangeo");
        await sample.AddAsync("kurz-und-knapp");
        await using var context = await chromium.NewContextAsync(sample.Address, sample.Token);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/queue");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nothing to download" })).ToBeVisibleAsync();
        await sample.EnqueueAsync("kurz-und-knapp", (1, 1));
        await Expect(page.GetByRole(AriaRole.Progressbar, new() { Name = "Kurz & knapp S01E01" })).ToHaveAttributeAsync("aria-valuenow", MovingPercent());

        await sample.Server.KillAsync();
        await Expect(page.GetByText("Connection lost, trying again…")).ToBeVisibleAsync();
        await sample.Server.StartAgainAsync();

        await Expect(page.Locator("[data-status=completed]")).ToHaveCountAsync(1, new() { Timeout = 60_000 });
        await Expect(page.GetByText("Connection lost, trying again…")).ToBeHiddenAsync();
        await Expect(page.Locator(".queue-row")).ToHaveCountAsync(1);
        Assert.Equal(["S1E1"], await sample.QueuedAsync());
        await Probe.AssertPlayableAsync(Assert.Single(Directory.GetFiles(sample.Server.Library, "*.mp4", SearchOption.AllDirectories)));
    }

    [Fact]
    public async Task What_was_typed_is_there_again_after_the_server_came_back()
    {
        await using var sample = await SampleServer.StartReadyAsync();
        await using var context = await chromium.NewContextAsync(sample.Address, sample.Token);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/settings");
        var (zone, save) = (page.GetByLabel("Time zone"), page.GetByRole(AriaRole.Button, new() { Name = "Save" }));
        await page.GetByLabel("Download what is missing after a scan").CheckAsync();
        await zone.FillAsync("Nowhere/Land");
        await Expect(save).ToBeDisabledAsync();

        await sample.Server.KillAsync();
        await Expect(page.GetByText("Connection lost, trying again…")).ToBeVisibleAsync();
        await sample.Server.StartAgainAsync();

        // The server knows both again: it says what is wrong with one of them.
        await Expect(page.GetByText("Connection lost, trying again…")).ToBeHiddenAsync();
        await Expect(page.GetByText("Something is not right yet; see above.")).ToBeVisibleAsync();
        await Expect(zone).ToHaveValueAsync("Nowhere/Land");
        await zone.FillAsync("");
        await Expect(save).ToBeEnabledAsync();
        await save.ClickAsync();
        await Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
        Assert.True((await sample.GetAsync("/api/config")).GetProperty("scheduler").GetProperty("auto_download_after_rescan").GetBoolean());
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

    [GeneratedRegex("^[1-9][0-9]?$")]
    private static partial Regex MovingPercent();
}
