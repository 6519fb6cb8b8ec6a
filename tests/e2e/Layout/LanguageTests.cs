using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AniWorld.E2E.Layout;

[Trait("Kind", "browser")]
public sealed class LanguageTests(Chromium chromium, StockedLibrary stock) : IClassFixture<Chromium>, IClassFixture<StockedLibrary>
{
    [Fact]
    public async Task Pages_speak_the_language_of_the_browser_until_another_is_chosen()
    {
        await using var context = await chromium.NewContextAsync(stock.Used.Address, stock.Used.Token, locale: "de-AT");
        var tab = await context.NewPageAsync();
        await tab.GotoAsync("/settings");
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Einstellungen");
        await Expect(tab.Locator("html")).ToHaveAttributeAsync("lang", "de");

        await tab.GetByRole(AriaRole.Button, new() { Name = "Sprache: Deutsch" }).ClickAsync();
        await tab.GetByRole(AriaRole.Menuitem, new() { Name = "English" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Settings");
        await tab.GotoAsync("/tasks");
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Tasks");

        await tab.GetByRole(AriaRole.Button, new() { Name = "Language: English" }).ClickAsync();
        await tab.GetByRole(AriaRole.Menuitem, new() { Name = "As the browser asks for" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Aufgaben");
    }

    [Fact]
    public async Task Contrast_is_kept_and_settings_are_found_by_name()
    {
        await using var context = await chromium.NewContextAsync(stock.Used.Address, stock.Used.Token);
        var tab = await context.NewPageAsync();
        await tab.GotoAsync("/settings");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Appearance: As the system" }).ClickAsync();
        await tab.GetByRole(AriaRole.Menuitem, new() { Name = "High contrast" }).ClickAsync();
        await tab.ReloadAsync();
        await Expect(tab.Locator("html.more-contrast")).ToBeVisibleAsync();

        var search = tab.GetByLabel("Search the settings");
        await search.FillAsync("connections per file");
        await Expect(tab.GetByLabel("Connections per file")).ToBeVisibleAsync();
        await Expect(tab.GetByLabel("Library folder")).ToHaveCountAsync(0);
        await Expect(tab.Locator("#library")).ToBeHiddenAsync();
        await search.FillAsync("xylophone");
        await Expect(tab.GetByText("No setting is called that.")).ToBeVisibleAsync();
        await search.FillAsync("");
        await Expect(tab.GetByLabel("Library folder")).ToBeVisibleAsync();
    }
}
