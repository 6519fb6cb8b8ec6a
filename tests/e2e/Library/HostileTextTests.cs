using AniWorld.SampleSite;
using AniWorld.SampleSite.Faults;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AniWorld.E2E.Library;

/// <summary>A catalogue whose texts are markup.</summary>
[Trait("Kind", "browser")]
public sealed class HostileTextTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Key = "img-src-x-im-netz";
    private const string FolderName = "<b onmouseover=alert(1)>Ordner<b> (2001)";
    private const string Name = "<img src=x onerror=\"alert('Titel')\"> im Netz";

    [Fact]
    public async Task Markup_from_a_catalogue_is_text_on_every_page()
    {
        await using var sample = await SampleServer.StartReadyAsync(new SampleSiteOptions { Throttle = 4 << 10 });
        await sample.AddAsync(Key);
        await using var context = await chromium.NewContextAsync(sample.Address, sample.Token);
        var page = await context.NewPageAsync();
        var watch = new PageWatch(page, sample.Address);
        var badHeaders = new List<string>();
        page.Response += (_, answer) => badHeaders.AddRange(HeaderFaults(answer));

        await page.GotoAsync("/add");
        await page.GetByLabel("Name of a series, or a link to its page").FillAsync("netz");
        await Expect(page.Locator(".found")).ToContainTextAsync(Name);
        await SeeNoMarkupAsync(page);

        await page.GotoAsync("/library");
        await Expect(page.Locator(".poster-name")).ToHaveTextAsync(Name);
        await SeeNoMarkupAsync(page);

        await page.Locator(".poster").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(Name);
        await Expect(page.Locator(".series-text")).ToContainTextAsync("<img src=x onerror=\"alert('Beschreibung')\">");
        await Expect(page.Locator("[data-episode=S01E01]")).ToContainTextAsync("<img src=x onerror=alert(1)>");
        await Expect(page.Locator("[data-episode=S01E02]")).ToContainTextAsync("Nur &amp; immer wieder &lt;nur&gt;");
        await SeeNoMarkupAsync(page);

        await page.GetByLabel("Download S01E01").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show queue" }).ClickAsync();
        await Expect(page.Locator(".queue-title")).ToContainTextAsync(Name);
        await Expect(page.Locator(".queue-title")).ToContainTextAsync("<img src=x onerror=alert(1)>");
        await SeeNoMarkupAsync(page);

        await page.GotoAsync($"/series/{Key}");
        await page.GetByLabel($"Remove {Name}", new() { Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync(Name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Expect(page.GetByText($"{Name} was removed.")).ToBeVisibleAsync();
        await SeeNoMarkupAsync(page);

        Assert.Empty(badHeaders);
        Assert.Empty(watch.Seen);
    }

    [Fact]
    public async Task Markup_is_text_on_the_pages_that_look_back_and_in_the_palette()
    {
        await using var sample = await SampleServer.StartReadyAsync(null, "--hosters.order.0", "Rangeo", "--downloads.attempts", "1");
        await File.WriteAllTextAsync(
            Path.Join(Directory.CreateDirectory(Path.Join(sample.Server.Library, FolderName)).FullName, "Folge 01.mkv"), "video");
        await sample.AddAsync(Key);
        await sample.AddAsync("windspiel");
        await sample.EnqueueAsync(Key, (1, 1));
        await SettledAsync(sample);
        sample.Site.Faults.Add(new Fault(FaultKind.Status) { Path = "/hoster/", Status = 404 });
        await sample.EnqueueAsync(Key, (1, 2));
        await SettledAsync(sample);
        await sample.PostAsync("/api/anime/rescan");
        await using var context = await chromium.NewContextAsync(sample.Address, sample.Token);
        var page = await context.NewPageAsync();
        var watch = new PageWatch(page, sample.Address);

        foreach (var (path, shown, text) in new[]
        {
            ("/library?view=table", ".series-table-row", Name), ("/missing", ".missing-season", Name), ("/queue", ".queue-title", Name),
            ("/history", ".history-row", Name), ("/calendar", "main", Name), ("/statistics", "main", Name), ("/", "[data-tile]", "Failed"),
            ("/logs", ".log-row", Key), ("/import", ".import-row", FolderName),
        })
        {
            await page.GotoAsync(path);
            await Expect(page.Locator(shown).Filter(new() { HasText = text }).First).ToBeVisibleAsync();
            await SeeNoMarkupAsync(page);
        }

        await page.Keyboard.PressAsync("Control+k");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Go to or do" }).FillAsync("netz");
        await Expect(page.GetByRole(AriaRole.Option, new() { Selected = true })).ToContainTextAsync(Name);
        await SeeNoMarkupAsync(page);
        Assert.Empty(watch.Seen);
    }

    /// <summary>Until nothing waits or runs.</summary>
    private static async Task SettledAsync(SampleServer sample)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while ((await sample.GetAsync("/api/queue/status")).GetProperty("statistics") is var numbers
            && numbers.GetProperty("pending_count").GetInt32() + numbers.GetProperty("active_count").GetInt32() > 0)
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    private static async Task SeeNoMarkupAsync(IPage page)
    {
        await Expect(page.Locator("img[src=x], [onerror], [onmouseover]")).ToHaveCountAsync(0);
        await Expect(page.Locator("main b, main script")).ToHaveCountAsync(0);
    }

    private static IEnumerable<string> HeaderFaults(IResponse answer)
    {
        var headers = answer.Headers;
        var policy = headers.GetValueOrDefault("content-security-policy", "");
        var scripts = policy.Split(';', StringSplitOptions.TrimEntries).FirstOrDefault(part => part.StartsWith("script-src", StringComparison.Ordinal), "");
        if (scripts.Length == 0 || scripts.Contains("unsafe", StringComparison.Ordinal) || !policy.Contains("frame-ancestors 'none'", StringComparison.Ordinal))
        {
            yield return $"{answer.Url}: content-security-policy: {policy}";
        }

        if (headers.GetValueOrDefault("x-content-type-options") != "nosniff")
        {
            yield return $"{answer.Url}: no nosniff";
        }
    }
}
