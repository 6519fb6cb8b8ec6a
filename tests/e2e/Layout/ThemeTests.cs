using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AniWorld.E2E.Layout;

/// <summary>Light, dark, and never the wrong one for a moment.</summary>
[Trait("Kind", "browser")]
public sealed class ThemeTests(Chromium chromium, StockedLibrary stock) : IClassFixture<Chromium>, IClassFixture<StockedLibrary>
{
    private const string Dark = "rgb(23, 24, 26)";
    private const string Light = "rgb(247, 247, 248)";

    /// <summary>What is behind everything: the body's colour, else the document's.</summary>
    private const string Behind = """
        () => [document.body, document.documentElement].map(element => getComputedStyle(element).backgroundColor).find(colour => colour !== "rgba(0, 0, 0, 0)") ?? "none"
        """;

    /// <summary>Notes <see cref="Behind"/> before each frame is drawn.</summary>
    private const string Watch = $$"""
        window.coloursSeen = [];
        const behind = {{Behind}};
        const note = () => {
          if (document.body) window.coloursSeen.push(behind());
          requestAnimationFrame(note);
        };
        note();
        """;

    [Theory]
    [InlineData(ColorScheme.Dark, null, "/library")]
    [InlineData(ColorScheme.Light, "dark", "/library")]
    [InlineData(ColorScheme.Light, "dark", "/error")]
    [InlineData(ColorScheme.Dark, null, "/login")]
    [InlineData(ColorScheme.Light, "dark", "/login")]
    public async Task A_dark_page_is_dark_before_its_connection_is_there(ColorScheme system, string? chosen, string path)
    {
        await using var context = await OpenAsync(system, chosen, path);
        await context.RouteAsync("**/blazor.web*.js", route => route.AbortAsync());
        var page = await context.NewPageAsync();

        await page.GotoAsync(path);

        Assert.Equal(Dark, await page.EvaluateAsync<string>(Behind));
        Assert.Equal("dark", await page.EvaluateAsync<string>("getComputedStyle(document.documentElement).colorScheme.split(' ').filter(name => name !== 'light').join()"));
    }

    [Theory]
    [InlineData(ColorScheme.Dark, null)]
    [InlineData(ColorScheme.Light, "dark")]
    public async Task No_frame_of_a_dark_page_is_light_while_it_starts(ColorScheme system, string? chosen)
    {
        await using var context = await OpenAsync(system, chosen, "/library");
        await context.AddInitScriptAsync(Watch);
        var page = await context.NewPageAsync();

        await page.GotoAsync("/library");
        await Expect(page.Locator(".poster").First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = chosen is null ? "Appearance: As the system" : "Appearance: Dark" })).ToBeVisibleAsync();

        Assert.Equal([Dark], (await page.EvaluateAsync<string[]>("window.coloursSeen")).Distinct());
    }

    [Fact]
    public async Task What_was_chosen_holds_at_once_and_on_the_login_page_too()
    {
        await using var sample = await SampleServer.StartReadyAsync();
        await using var context = await chromium.NewContextAsync(sample.Address, sample.Token);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/settings");
        await ChooseAsync(page, "As the system", "Dark");
        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", Dark);
        await ChooseAsync(page, "Dark", "High contrast");

        await page.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();

        await Expect(page.GetByLabel("Master password")).ToBeVisibleAsync();
        await Expect(page.Locator("html.more-contrast")).ToHaveCSSAsync("color-scheme", "dark");
        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", Dark);
    }

    [Fact]
    public async Task As_the_system_follows_the_system_without_asking_the_server()
    {
        await using var context = await OpenAsync(ColorScheme.Light, null, "/settings");
        await context.RouteAsync("**/blazor.web*.js", route => route.AbortAsync());
        var page = await context.NewPageAsync();
        await page.GotoAsync("/settings");
        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", Light);

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });

        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", Dark);
    }

    private static async Task ChooseAsync(IPage page, string now, string wanted)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = $"Appearance: {now}" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = wanted }).ClickAsync();
    }

    private async Task<IBrowserContext> OpenAsync(ColorScheme system, string? chosen, string path)
    {
        var context = await chromium.NewContextAsync(stock.Used.Address, path == "/login" ? null : stock.Used.Token, theme: system);
        if (chosen is not null)
        {
            await context.AddCookiesAsync([new Cookie { Name = "aniworld-theme", Value = chosen, Url = stock.Used.Address.AbsoluteUri }]);
        }

        return context;
    }
}
