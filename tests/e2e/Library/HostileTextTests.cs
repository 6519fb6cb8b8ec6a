using AniWorld.SampleSite;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AniWorld.E2E.Library;

/// <summary>A catalogue whose texts are markup.</summary>
[Trait("Kind", "browser")]
public sealed class HostileTextTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Key = "img-src-x-im-netz";
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

        await page.GotoAsync("/");
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
