using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AniWorld.E2E.Layout;

/// <summary>What opens over a page: dialogs, menus, messages, bars.</summary>
[Trait("Kind", "browser")]
public sealed class OpenedTests(Chromium chromium, StockedLibrary stock) : IClassFixture<Chromium>, IClassFixture<StockedLibrary>
{
    /// <summary>Whatever still moves for longer than anybody could see.</summary>
    private const string Moving = """
        () => document.getAnimations().filter(one => one.effect.getComputedTiming().duration > 10)
          .map(one => `${one.animationName ?? one.transitionProperty}: ${one.effect.target?.className}`)
        """;

    /// <summary>Name, page, the element to click or the key to press, what is there then.</summary>
    private static readonly (string Name, string Path, string Open, string There)[] Opened =
    [
        ("palette", "/queue", "press Control+k", ".palette-entry"),
        ("help", "/queue", "press ?", ".shortcuts"),
        ("appearance", "/queue", "[aria-label^='Appearance']", "[role=menuitem]"),
        ("language", "/queue", "[aria-label^='Language']", "[role=menuitem]"),
        ("speed", "/queue", "main .page-actions .mud-menu button", ".mud-popover-open"),
        ("row menu", "/queue", "[data-section=Waiting] .row-actions .mud-menu button", "[role=menuitem]"),
        ("selection", "/queue", "[data-section=Waiting] .queue-select", ".queue-selection, .selection-bar"),
        ("why", "/queue", "[data-section=Waiting] .text-button", ".queue-why"),
        ("remove series", "/series/windspiel", "[aria-label^='Remove ']", "[role=dialog]"),
        ("selected missing", "/missing", ".missing-head input", ".selection-bar"),
        ("new key", "/access", "button:has-text('New key')", "fieldset"),
        ("restore", "/settings/backups", "[aria-label^='Restore']", "[role=dialog]"),
        ("unsaved", "/settings", ".setting-switch input, [role=switch], main input[type=checkbox]", ".save-bar.shown"),
    ];

    [Fact]
    public async Task Nothing_that_opens_over_a_page_shuts_anybody_out()
    {
        var faults = new List<string>();
        await using var context = await chromium.NewContextAsync(stock.Used.Address, stock.Used.Token);
        var page = await context.NewPageAsync();
        foreach (var (name, path, open, there) in Opened)
        {
            await page.GotoAsync(path);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await Expect(page.Locator(".mud-skeleton")).ToHaveCountAsync(0);
            await (open.StartsWith("press ", StringComparison.Ordinal) ? page.Keyboard.PressAsync(open["press ".Length..]) : page.Locator(open).First.ClickAsync());
            await Expect(page.Locator(there).First).ToBeVisibleAsync();
            faults.AddRange(await Accessibility.FaultsInEveryLookAsync(page, name));
            faults.AddRange((await page.EvaluateAsync<string[]>(Moving)).Select(what => $"{name} moves: {what}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}
