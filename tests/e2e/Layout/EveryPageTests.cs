using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace AniWorld.E2E.Layout;

/// <summary>What holds for every page, in light and in dark.</summary>
[Trait("Kind", "browser")]
public sealed class EveryPageTests(Chromium chromium, StockedLibrary stock) : IClassFixture<Chromium>, IClassFixture<StockedLibrary>
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task No_page_shuts_anybody_out(ColorScheme theme)
    {
        var faults = new List<string>();
        await ShownPage.VisitAllAsync(chromium, stock, 1440, 900, theme, async (page, tab) =>
        {
            var result = await tab.RunAxe();
            faults.AddRange(
                from violation in result.Violations
                where violation.Impact is "serious" or "critical"
                from node in violation.Nodes
                select $"{page.Name}: {violation.Id} ({violation.Impact}): {node.Html} {string.Join("; ", node.Any.Concat(node.All).Select(check => check.Message))}");
        });
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task No_page_scrolls_sideways_on_a_narrow_phone()
    {
        var faults = new List<string>();
        await ShownPage.VisitAllAsync(chromium, stock, 360, 740, ColorScheme.Light, async (page, tab) =>
        {
            var width = await tab.EvaluateAsync<int>("document.documentElement.scrollWidth");
            if (width > 360)
            {
                var widest = await tab.EvaluateAsync<string>(
                    "[...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > 361).map(e => e.tagName + '.' + e.className).slice(0, 5).join(', ')");
                faults.Add($"{page.Name}: {width} px wide, by {widest}");
            }
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
        await ShownPage.VisitAllAsync(chromium, stock, width, height, theme, async (page, tab) =>
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
}
