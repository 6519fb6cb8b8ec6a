using System.Globalization;
using System.Text.RegularExpressions;
using AniWorld.SampleSite;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AniWorld.E2E;

/// <summary>What a new user does on the first evening, in a browser.</summary>
[Trait("Kind", "browser")]
public sealed partial class MainJobTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_new_user_sets_up_finds_a_series_and_watches_a_season_arrive()
    {
        // 4 MiB through 8 connections of 96 KiB/s each: long enough to watch, short enough to wait for.
        await using var sample = await SampleServer.StartAsync(
            new SampleSiteOptions { PadTo = 4 << 20, Throttle = 96 << 10 }, "--hosters.order.0", "Rangeo");
        await using var context = await chromium.NewContextAsync(sample.Address);
        var page = await context.NewPageAsync();
        var watch = new PageWatch(page, sample.Address);

        await SetUpAsync(page, sample.Server.Library);
        await AddAsync(page);
        await SeeWhatIsMissingAsync(page);
        await DownloadSeasonAsync(page);
        await WatchProgressAsync(page);

        var files = Directory.GetFiles(sample.Server.Library, "*.mp4", SearchOption.AllDirectories);
        Assert.Equal(3, files.Length);
        foreach (var file in files)
        {
            await Probe.AssertPlayableAsync(file);
        }

        await SeeThatNothingIsMissingAsync(page);
        Assert.Empty(watch.Seen);
    }

    private static async Task SetUpAsync(IPage page, string library)
    {
        await page.GotoAsync("/");
        await Expect(page).ToHaveURLAsync(new Regex("/setup$"));
        await page.GetByLabel("Master password", new() { Exact = true }).FillAsync(SampleServer.Password);
        await page.GetByLabel("Master password again").FillAsync(SampleServer.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set up" }).ClickAsync();
        await TakeFirstStepsAsync(page, library);
    }

    private static async Task TakeFirstStepsAsync(IPage page, string library)
    {
        await Expect(page).ToHaveURLAsync(new Regex("/welcome/folder$"));
        await page.GetByLabel("Library folder").FillAsync(library);
        await GoOnAsync(page, "names");
        await page.GetByLabel("A folder per season, short names").CheckAsync();
        await Expect(page.Locator(".naming-preview")).ToContainTextAsync("Season 02/Sternenlotse - Kurs Nord - S02E07 [de-dub].mp4");
        await page.GetByRole(AriaRole.Radio, new() { NameRegex = new Regex(@"A folder per season\s*As Jellyfin") }).CheckAsync();
        await GoOnAsync(page, "languages");
        await GoOnAsync(page, "source");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Where do series come from?" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Skip this step" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You are ready" })).ToBeVisibleAsync();
        await Expect(page.GetByText("These steps are still open: Source")).ToBeVisibleAsync();
    }

    private static async Task GoOnAsync(IPage page, string next)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and go on" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"/welcome/{next}$"));
    }

    private static async Task AddAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Add your first series" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch on aniworld" }).ClickAsync();
        await page.GetByLabel("Name of a series, or a link to its page").FillAsync("kurz");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add Kurz & knapp" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByLabel("Season 1")).ToBeCheckedAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Kurz & knapp was added, with 3 episodes.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Open Kurz & knapp" })).ToBeVisibleAsync();
    }

    private static async Task SeeWhatIsMissingAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Library", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Scan library" }).ClickAsync();
        await Expect(page.GetByText("Scan done: 1 series, 0 files, 3 episodes missing.").First).ToBeAttachedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Missing episodes" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("show=missing"));
        var poster = page.GetByRole(AriaRole.Link, new() { Name = "Kurz & knapp 2021 · 0 of 3 episodes 3 missing" });
        await Expect(poster).ToContainTextAsync("3 missing");
        await poster.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Kurz & knapp" })).ToBeVisibleAsync();
        await Expect(page.Locator("[data-episode][data-state=missing]")).ToHaveCountAsync(3);
    }

    private static async Task DownloadSeasonAsync(IPage page)
    {
        await page.GetByLabel("Select all of Season 1").ClickAsync();
        var bar = page.GetByRole(AriaRole.Region, new() { Name = "Selected episodes" });
        await Expect(bar).ToContainTextAsync("3 episodes selected");
        await bar.GetByRole(AriaRole.Button, new() { Name = "Download" }).ClickAsync();
        await Expect(page.GetByText("3 episodes queued.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show queue" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/queue$"));
    }

    private static async Task WatchProgressAsync(IPage page)
    {
        // A reload would take the mark away.
        await page.EvaluateAsync("window.sameDocument = true");
        var bar = page.GetByRole(AriaRole.Progressbar, new() { Name = "Kurz & knapp S01E01" });
        await Expect(bar).ToHaveAttributeAsync("aria-valuenow", MovingPercent());
        var first = await bar.GetAttributeAsync("aria-valuenow");
        await Expect(bar).Not.ToHaveAttributeAsync("aria-valuenow", first!);
        var second = await bar.GetAttributeAsync("aria-valuenow");
        Assert.True(int.Parse(second!, CultureInfo.InvariantCulture) > int.Parse(first!, CultureInfo.InvariantCulture), $"{first} % → {second} %");

        await Expect(page.Locator("[data-status=completed]")).ToHaveCountAsync(3, new() { Timeout = 60_000 });
        Assert.True(await page.EvaluateAsync<bool>("window.sameDocument === true"));
    }

    private static async Task SeeThatNothingIsMissingAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Kurz & knapp" }).First.ClickAsync();
        await Expect(page.Locator(".facts")).ToContainTextAsync("nothing missing");
        await Expect(page.Locator("[data-episode][data-state=ondisk]")).ToHaveCountAsync(3);
        await page.GetByRole(AriaRole.Link, new() { Name = "Library", Exact = true }).ClickAsync();
        await Expect(page.GetByText("3 of 3 episodes")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Missing episodes") })).ToHaveCountAsync(0);
    }

    [GeneratedRegex("^[1-9][0-9]?$")]
    private static partial Regex MovingPercent();
}
