using AniWorld.SampleSite;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AniWorld.E2E.Library;

/// <summary>A series' coverage grid, by pointer and by keyboard.</summary>
[Trait("Kind", "browser")]
public sealed class CoverageTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Selected = ".coverage .coverage-cell[aria-selected=true]";

    [Fact]
    public async Task A_range_is_dragged_and_ignored_and_undo_brings_it_back()
    {
        await using var sample = await SampleServer.StartReadyAsync();
        await sample.AddAsync("papierdrachen-ag");
        await using var context = await chromium.NewContextAsync(sample.Address, sample.Token);
        var page = await OpenAsync(context);
        var rows = page.Locator(".coverage-block").First.Locator(".coverage-episode");

        await rows.Nth(0).Locator(".coverage-cell").First.HoverAsync();
        await page.Mouse.DownAsync();
        await rows.Nth(1).Locator(".coverage-cell").First.HoverAsync();
        await rows.Nth(2).Locator(".coverage-cell").First.HoverAsync();
        await page.Mouse.UpAsync();
        await Expect(page.Locator(Selected)).ToHaveCountAsync(3);

        await page.GetByRole(AriaRole.Button, new() { Name = "Ignore 3 episodes" }).ClickAsync();
        await Expect(page.Locator(".coverage .coverage-cell[data-state=ignored]").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(page.Locator(".coverage .coverage-cell[data-state=ignored]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_grid_works_by_keyboard_alone()
    {
        await using var sample = await SampleServer.StartReadyAsync(new SampleSiteOptions { Throttle = 4 << 10 });
        await sample.AddAsync("papierdrachen-ag");
        await using var context = await chromium.NewContextAsync(sample.Address, sample.Token);
        var page = await OpenAsync(context);

        await page.Locator(".coverage .coverage-cell[data-state=wanted]").First.FocusAsync();
        await Expect(page.Locator(".coverage-details").First).ToContainTextAsync("Not on disk");
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        await Expect(page.Locator(Selected)).ToHaveCountAsync(3);
        await page.Keyboard.PressAsync("Shift+ArrowLeft");
        await Expect(page.Locator(Selected)).ToHaveCountAsync(2);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".coverage-bar button").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator(".coverage .coverage-cell[data-state=queued]").First).ToBeVisibleAsync();
        Assert.NotEmpty(await sample.QueuedAsync());
    }

    private static async Task<IPage> OpenAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync("/series/papierdrachen-ag?view=coverage");
        await Expect(page.Locator(".coverage .coverage-cell[data-state=wanted]").First).ToBeVisibleAsync();

        // The hint is there once the grid listens.
        await Expect(page.Locator(".coverage-details").First).Not.ToBeEmptyAsync();
        return page;
    }
}
