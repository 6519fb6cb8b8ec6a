using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AniWorld.E2E.Layout;

/// <summary>A page as the tests of all pages open it.</summary>
/// <param name="Name">File name of its pictures.</param>
/// <param name="Path">From the server's root.</param>
/// <param name="Heading">Its first-level heading, or the start of it.</param>
/// <param name="Ready">Selector of something that is there only when the page has loaded.</param>
internal sealed record ShownPage(string Name, string Path, string Heading, string Ready)
{
    /// <summary>Pictures and fonts are there, so that nothing moves any more. A picture that loads when it is scrolled to is told to load now.</summary>
    private const string Settled = """
        async () => {
          await document.fonts.ready;
          const pictures = [...document.images];
          pictures.forEach(picture => { picture.loading = "eager"; });
          await Promise.all(pictures.map(picture => picture.decode().catch(() => {})));
        }
        """;

    private static readonly ShownPage Setup = new("setup", "/", "Set up AniWorld", "form");
    private static readonly ShownPage Login = new("login", "/login", "Log in", "form");

    private static readonly ShownPage[] Inside =
    [
        new("library", "/", "Library", ".poster"),
        new("series", "/series/die-sternenbaecker-von-oevelgoenne", "Die Sternenbäcker", "[data-episode]"),
        new("add", "/add", "Add series", ".add-search"),
        new("found", "/add", "Add series", ".found"),
        new("queue", "/queue", "Queue", ".queue-row"),
        new("access", "/access", "Access", ".access-row"),
        new("tasks", "/tasks", "Tasks", ".task-row"),
        new("sources", "/sources", "Sources", ".source-row"),
        new("settings", "/settings", "Settings", "#appearance"),
        new("backups", "/settings/backups", "Backups", ".backup-row"),
        new("notifications", "/settings/notifications", "Notifications", ".state-message"),
        new("source-test", "/sources/test", "Try a site profile", "form"),
    ];

    /// <summary>Opens every page in turn, each in one tab, and hands it over once it shows what it is for.</summary>
    public static async Task VisitAllAsync(Chromium chromium, StockedLibrary stock, int width, int height, ColorScheme theme, Func<ShownPage, IPage, Task> look)
    {
        await VisitAsync(chromium, stock.New.Address, null, width, height, theme, [Setup], look);
        await VisitAsync(chromium, stock.Used.Address, null, width, height, theme, [Login], look);
        await VisitAsync(chromium, stock.Used.Address, stock.Used.Token, width, height, theme, Inside, look);
    }

    private static async Task VisitAsync(
        Chromium chromium, Uri server, string? token, int width, int height, ColorScheme theme, IEnumerable<ShownPage> pages, Func<ShownPage, IPage, Task> look)
    {
        await using var context = await chromium.NewContextAsync(server, token, width, height, theme);
        var tab = await context.NewPageAsync();
        foreach (var page in pages)
        {
            await tab.GotoAsync(page.Path);
            if (page.Name == "found")
            {
                await tab.GetByLabel("Name of a series, or a link to its page").FillAsync("ch");
            }

            await Expect(tab.Locator(page.Ready).First).ToBeVisibleAsync();
            await Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(page.Heading);
            await Expect(tab.Locator(".mud-skeleton")).ToHaveCountAsync(0);

            await tab.EvaluateAsync(Settled);
            await look(page, tab);
        }
    }
}
