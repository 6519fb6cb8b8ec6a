using System.IO.Compression;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AniWorld.E2E.Dashboard;

/// <summary>The pages that show how everything stands, and the ways between them.</summary>
[Trait("Kind", "browser")]
public sealed class OverviewTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task From_the_first_steps_to_a_support_bundle()
    {
        await using var sample = await SampleServer.StartReadyAsync();
        await using var context = await chromium.NewContextAsync(sample.Address, sample.Token);
        var page = await context.NewPageAsync();
        var watch = new PageWatch(page, sample.Address);

        await page.GotoAsync("/");
        await Expect(page.Locator("[data-step=source]")).ToHaveAttributeAsync("data-done", "true");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Add your first series" })).ToBeVisibleAsync();
        await sample.AddAsync("kurz-und-knapp");
        await Expect(page.Locator("[data-tile=Missing]")).ToContainTextAsync("3 episodes");
        await Expect(page.Locator("[data-tile]")).ToHaveCountAsync(8);

        // A tile is a link wherever it is clicked, and by the keyboard.
        await page.Locator("[data-tile=Disk] .tile-note").First.ClickAsync(new() { Force = true });
        await Expect(page).ToHaveURLAsync(new Regex("/statistics$"));
        await page.GoBackAsync();
        await page.Locator("[data-tile=Sources] .tile-link").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/sources$"));

        await FollowLogAsync(page, sample);
        await GetBundleAsync(page);
        Assert.Empty(watch.Seen);
    }

    [Fact]
    public async Task On_a_phone_the_bar_has_five_entries_and_the_rest_is_behind_the_last()
    {
        await using var sample = await SampleServer.StartReadyAsync();
        await using var context = await chromium.NewContextAsync(sample.Address, sample.Token, 360, 740);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        var bar = page.GetByRole(AriaRole.Navigation);
        await Expect(bar.Locator(".nav-item:visible")).ToHaveTextAsync(["Dashboard", "Library", "Missing", "Queue", "More"]);

        foreach (var name in new[] { "Tasks", "Sources", "Calendar", "Settings" })
        {
            await bar.GetByRole(AriaRole.Link, new() { Name = "More" }).ClickAsync();
            await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(name);
        }
    }

    [Fact]
    public async Task An_address_of_the_library_from_when_it_was_the_start_page_still_works()
    {
        await using var sample = await SampleServer.StartReadyAsync();
        await sample.AddAsync("kurz-und-knapp");
        await sample.AddAsync("windspiel");
        await using var context = await chromium.NewContextAsync(sample.Address, sample.Token);
        var page = await context.NewPageAsync();

        await page.GotoAsync("/?q=kurz&show=missing");

        await Expect(page).ToHaveURLAsync(new Regex("/library\\?q=kurz&show=missing$"));
        await Expect(page.Locator(".poster-name")).ToHaveTextAsync(["Kurz & knapp"]);
    }

    private static async Task FollowLogAsync(IPage page, SampleServer sample)
    {
        await page.GotoAsync("/logs");
        await Expect(page.Locator(".log-row").First).ToBeVisibleAsync();
        await page.GetByLabel("Search the log").FillAsync("Added windspiel");
        await Expect(page).ToHaveURLAsync(new Regex("q=Added"));
        await sample.AddAsync("windspiel");
        await Expect(page.Locator(".log-message")).ToHaveTextAsync([new Regex("^Added windspiel with ")]);

        await page.GetByRole(AriaRole.Button, new() { Name = "Download" }).ClickAsync();
        var log = await page.RunAndWaitForDownloadAsync(() => page.GetByText(new Regex("^Download aniworld-")).First.ClickAsync());
        Assert.Matches("^aniworld-[0-9]{8}(_[0-9]{3})?\\.json$", log.SuggestedFilename);
        Assert.Contains("Added {Key} with", await File.ReadAllTextAsync(await log.PathAsync()), StringComparison.Ordinal);
    }

    private static async Task GetBundleAsync(IPage page)
    {
        await page.GotoAsync("/system");
        await Expect(page.Locator("[data-check=database]")).ToHaveAttributeAsync("data-state", "ok");
        var bundle = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Link, new() { Name = "Download the support bundle" }).ClickAsync());
        await using var zip = await ZipFile.OpenReadAsync(await bundle.PathAsync());
        Assert.Contains(zip.Entries, entry => entry.FullName == "config.json");
        Assert.DoesNotContain(zip.Entries, entry => entry.FullName.EndsWith(".db", StringComparison.Ordinal));
    }
}
