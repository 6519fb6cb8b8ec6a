using System.Text.RegularExpressions;
using AniWorld.E2E.Layout;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AniWorld.E2E.Library;

/// <summary>Looking for series, and selecting them.</summary>
[Trait("Kind", "browser")]
public sealed class LibraryTests(Chromium chromium, StockedLibrary stock) : IClassFixture<Chromium>, IClassFixture<StockedLibrary>
{
    [Fact]
    public async Task What_is_looked_for_stands_in_the_address_and_comes_back_with_it()
    {
        await using var context = await chromium.NewContextAsync(stock.Used.Address, stock.Used.Token);
        var page = await OpenAsync(context);

        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search the library" }).FillAsync("windspiel");
        await Expect(page.Locator("[data-index]")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Failed" }).ClickAsync();
        await Expect(page.Locator("[data-index]")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Table", Exact = true }).ClickAsync();
        await Expect(page.Locator(".series-table-row")).ToHaveCountAsync(1);
        await Expect(page).ToHaveURLAsync(new Regex("q=windspiel.*show=failed.*view=table"));

        await page.ReloadAsync();

        await Expect(page.Locator(".series-table-row")).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Searchbox, new() { Name = "Search the library" })).ToHaveValueAsync("windspiel");
    }

    [Fact]
    public async Task Arrows_move_in_the_posters_and_with_shift_select_a_range()
    {
        await using var context = await chromium.NewContextAsync(stock.Used.Address, stock.Used.Token);
        var page = await OpenAsync(context);

        await page.Locator("[data-index='0']").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Locator("[data-index='1']")).ToBeFocusedAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Select", Exact = true }).ClickAsync();
        await page.Locator("[data-index='1'][role=checkbox]").PressAsync("Space");
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        await Expect(page.Locator(".bulk-count")).ToHaveTextAsync("3 selected");
        await page.Keyboard.PressAsync("Shift+ArrowLeft");
        await Expect(page.Locator(".bulk-count")).ToHaveTextAsync("2 selected");

        Assert.Empty(await Accessibility.FaultsAsync(page, "selecting"));
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".bulk-bar")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_table_shuts_nobody_out()
    {
        await using var context = await chromium.NewContextAsync(stock.Used.Address, stock.Used.Token);
        var page = await OpenAsync(context);

        await page.GetByRole(AriaRole.Button, new() { Name = "Table", Exact = true }).ClickAsync();
        await Expect(page.Locator(".series-table-row").First).ToBeVisibleAsync();

        Assert.Empty(await Accessibility.FaultsInEveryLookAsync(page, "table"));
    }

    private static async Task<IPage> OpenAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync("/library");
        await page.GetByRole(AriaRole.Link, new() { Name = "Library", Exact = true }).First.ClickAsync();
        await Expect(page.Locator(".poster").First).ToBeVisibleAsync();
        return page;
    }
}
