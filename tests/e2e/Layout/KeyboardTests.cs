using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AniWorld.E2E.Layout;

[Trait("Kind", "browser")]
public sealed class KeyboardTests(Chromium chromium, StockedLibrary stock) : IClassFixture<Chromium>, IClassFixture<StockedLibrary>
{
    [Fact]
    public async Task The_palette_goes_to_a_series_by_some_letters_of_its_name()
    {
        await using var context = await chromium.NewContextAsync(stock.Used.Address, stock.Used.Token);
        var tab = await OpenAsync(context, "/queue");
        await tab.Keyboard.PressAsync("Control+k");
        var field = tab.GetByRole(AriaRole.Combobox, new() { Name = "Go to or do" });
        await Expect(field).ToBeFocusedAsync();
        await field.PressSequentiallyAsync("sternen");
        await Expect(tab.GetByRole(AriaRole.Option, new() { Selected = true })).ToContainTextAsync("Die Sternenbäcker");
        await tab.Keyboard.PressAsync("Enter");

        await Expect(tab).ToHaveURLAsync(new Regex("/series/die-sternenbaecker"));
        await Expect(field).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_palette_does_what_is_chosen_with_the_arrows()
    {
        await using var context = await chromium.NewContextAsync(stock.Used.Address, stock.Used.Token);
        var tab = await OpenAsync(context, "/settings");
        await tab.Keyboard.PressAsync("Control+k");
        await tab.GetByRole(AriaRole.Combobox, new() { Name = "Go to or do" }).FillAsync("pause");
        await Expect(tab.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await tab.Keyboard.PressAsync("ArrowDown");
        await tab.Keyboard.PressAsync("Enter");
        await Expect(tab.GetByText("All downloads are paused.")).ToBeVisibleAsync();
        Assert.True((await stock.Used.GetAsync("/api/queue/status")).GetProperty("is_paused").GetBoolean());

        await tab.Keyboard.PressAsync("Control+k");
        await tab.GetByRole(AriaRole.Combobox, new() { Name = "Go to or do" }).FillAsync("resume");
        await tab.Keyboard.PressAsync("Enter");
        await Expect(tab.GetByText("Downloads go on.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Single_keys_go_to_pages_until_they_are_switched_off_and_never_while_typing()
    {
        await using var context = await chromium.NewContextAsync(stock.Used.Address, stock.Used.Token);
        var tab = await OpenAsync(context, "/queue");
        await tab.Keyboard.PressAsync("g");
        await tab.Keyboard.PressAsync("s");
        await Expect(tab).ToHaveURLAsync(new Regex("/settings$"));

        // The page's heading gets the focus once it is there; before, "/" has no field to go to and opens the palette.
        await Expect(tab.GetByLabel("Search the settings")).ToBeVisibleAsync();
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
        await tab.Keyboard.PressAsync("/");
        await Expect(tab.GetByLabel("Search the settings")).ToBeFocusedAsync();
        await tab.Keyboard.TypeAsync("gq?");
        await Expect(tab.GetByLabel("Search the settings")).ToHaveValueAsync("gq?");
        await tab.GetByLabel("Search the settings").FillAsync("");
        await tab.GetByLabel("Search the settings").BlurAsync();

        await tab.Keyboard.PressAsync("?");
        await tab.GetByLabel("Keys without Ctrl").ClickAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await tab.Keyboard.PressAsync("g");
        await tab.Keyboard.PressAsync("q");
        await tab.Keyboard.PressAsync("Control+k");
        await Expect(tab.GetByRole(AriaRole.Combobox, new() { Name = "Go to or do" })).ToBeVisibleAsync();
        await Expect(tab).ToHaveURLAsync(new Regex("/settings$"));
    }

    [Fact]
    public async Task The_tab_tells_how_far_the_downloads_are()
    {
        await using var context = await chromium.NewContextAsync(stock.Used.Address, stock.Used.Token);
        var tab = await OpenAsync(context, "/settings");
        await Expect(tab).ToHaveTitleAsync(new Regex(@"^\d+ % · Settings · AniWorld$"));
        await Expect(tab.Locator("link[rel=icon]")).ToHaveAttributeAsync("href", new Regex("^data:image/svg"));
        await tab.GetByRole(AriaRole.Link, new() { Name = "Tasks" }).First.ClickAsync();
        await Expect(tab).ToHaveTitleAsync(new Regex(@"^\d+ % · Tasks · AniWorld$"));
    }

    private static async Task<IPage> OpenAsync(IBrowserContext context, string path)
    {
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(path);
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Expect(tab.Locator(".mud-skeleton")).ToHaveCountAsync(0);
        return tab;
    }
}
