using Microsoft.Playwright;

namespace AniWorld.E2E.Layout;

/// <summary>What holds for every page, in light and in dark, wide and narrow, in English and in German.</summary>
[Trait("Kind", "browser")]
public sealed class EveryPageTests(Chromium chromium, StockedLibrary stock) : IClassFixture<Chromium>, IClassFixture<StockedLibrary>
{
    /// <summary>What sticks out to the right, in words that find it.</summary>
    private const string Widest = """
        () => [...document.body.querySelectorAll("*")].filter(element => element.getBoundingClientRect().right > innerWidth + 1)
          .map(element => `${element.tagName}.${element.className}`).slice(0, 5).join(", ")
        """;

    /// <summary>Words that people read or hear and that no German sentence has; names of series, episodes and programs aside.</summary>
    private const string English = """
        () => {
          const words = /\b(the|of|and|with|this|your|you|from|are|have|which|until|when|nothing|by|to|is|for|no)\b/;
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const said = [document.title];
          const isOurs = element => !element.closest("[lang]:not(html), script, style, code, .log-row");
          while (walk.nextNode()) {
            if (isOurs(walk.currentNode.parentElement)) said.push(walk.currentNode.data);
          }
          for (const element of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
            if (isOurs(element)) said.push(...["aria-label", "title", "placeholder", "alt"].map(name => element.getAttribute(name) ?? ""));
          }
          return said.map(text => text.trim()).filter(text => words.test(text) || /^\[\w+\]$/.test(text));
        }
        """;

    [Fact]
    public async Task No_page_shuts_anybody_out()
    {
        var faults = new List<string>();
        await ShownPage.VisitAllAsync(chromium, stock, 1440, 900, async (page, tab) => faults.AddRange(await Accessibility.FaultsInEveryLookAsync(tab, page.Name)));
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task No_page_shuts_anybody_out_on_a_phone()
    {
        var faults = new List<string>();
        await ShownPage.VisitAllAsync(chromium, stock, 390, 844, async (page, tab) => faults.AddRange(await Accessibility.FaultsAsync(tab, page.Name)));
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task No_page_scrolls_sideways_on_a_narrow_phone_or_at_twice_the_size()
    {
        var faults = new List<string>();
        await ShownPage.VisitAllAsync(chromium, stock, 360, 740, async (page, tab) =>
        {
            await SeeWidthAsync(page, tab, faults);
            await tab.SetViewportSizeAsync(1440 / 2, 900 / 2);
            await SeeWidthAsync(page, tab, faults);
            await tab.SetViewportSizeAsync(360, 740);
        });
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task Every_page_is_German_for_a_German_reader_and_fits_a_narrow_phone()
    {
        var faults = new List<string>();
        await ShownPage.VisitAllAsync(
            chromium, stock, 360, 740, locale: "de-DE", look: async (page, tab) =>
            {
                await SeeWidthAsync(page, tab, faults);
                if (await tab.Locator("html").GetAttributeAsync("lang") != "de")
                {
                    faults.Add($"{page.Name}: lang is not de");
                }

                var said = await tab.EvaluateAsync<string[]>(English);
                faults.AddRange(said.Select(text => $"{page.Name}: {text}"));
            });
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Theory]
    [InlineData(1440, 900, ColorScheme.Light)]
    [InlineData(1440, 900, ColorScheme.Dark)]
    [InlineData(390, 844, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Dark)]
    public async Task Every_page_shows_its_heading_and_has_its_picture_taken(int width, int height, ColorScheme theme)
    {
        var folder = Directory.CreateDirectory(Path.Join(Repository.Root, "tests", "screenshots")).FullName;
        await ShownPage.VisitAllAsync(
            chromium, stock, width, height, theme: theme, look: async (page, tab) =>
            {
                // As tall as the page is, so that what is fixed to an edge stays there; FullPage would leave it in the middle.
                var whole = await tab.EvaluateAsync<int>("document.documentElement.scrollHeight");
                await tab.SetViewportSizeAsync(width, Math.Max(height, whole));
                await tab.ScreenshotAsync(new PageScreenshotOptions
                {
                    Path = Path.Join(folder, $"{page.Name}-{width}-{theme.ToString().ToLowerInvariant()}.png"),
                    Animations = ScreenshotAnimations.Disabled,
                });
                await tab.SetViewportSizeAsync(width, height);
            });
    }

    private static async Task SeeWidthAsync(ShownPage page, IPage tab, List<string> faults)
    {
        var (width, room) = (await tab.EvaluateAsync<int>("document.documentElement.scrollWidth"), tab.ViewportSize!.Width);
        if (width > room)
        {
            faults.Add($"{page.Name}: {width} px wide where there are {room}, by {await tab.EvaluateAsync<string>(Widest)}");
        }
    }
}
