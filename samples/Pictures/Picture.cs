using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AniWorld.Pictures;

/// <summary>What is to be seen on a picture.</summary>
/// <param name="Name">File name, without its ending.</param>
/// <param name="Path">The page's address, from the server's root.</param>
/// <param name="Ready">Selector of something that is there only when the page has loaded.</param>
internal sealed record Picture(string Name, string Path, string Ready)
{
    private const string Stars = "/series/die-sternenbaecker-von-oevelgoenne";

    /// <summary>390 pixels wide instead of 1440.</summary>
    public bool IsPhone { get; init; }

    public bool IsDark { get; init; }

    /// <summary>In pixels, of those that are no phone's.</summary>
    public int Height { get; init; } = 900;

    /// <summary>What is done on the page before.</summary>
    public Func<IPage, Task>? Prepare { get; init; }

    /// <summary>In this order: those of downloads come first, while some are running.</summary>
    public static IReadOnlyList<Picture> All { get; } =
    [
        new("dashboard", "/", ".running-download") { Height = 960 },
        new("queue", "/queue", ".queue-row") { Prepare = page => Button(page, "Why is").First.ClickAsync() },
        new("queue-phone", "/queue", ".queue-row") { IsPhone = true, IsDark = true },
        new("series", "/series/papierdrachen-ag", "[data-episode]"),
        new("coverage", $"{Stars}?view=coverage", ".coverage-cell") { Height = 1000 },
        new("coverage-phone", $"{Stars}?view=coverage", ".coverage-cell")
        {
            IsPhone = true,
            Prepare = page => page.Locator(".series-view").EvaluateAsync("view => view.scrollIntoView()"),
        },
        new("library", "/library", ".poster") { Height = 960 },
        new("library-dark", "/library", ".poster") { IsDark = true, Height = 960 },
        new("library-phone", "/library", ".poster") { IsPhone = true },
        new("missing", "/missing", ".missing-row"),
        new("add", "/add", ".add-search") { Prepare = SearchAsync },
        new("add-dialog", "/add", ".add-search")
        {
            Prepare = async page =>
            {
                await SearchAsync(page);
                await Button(page, "Add Chronik").First.ClickAsync();
                await page.Locator(".add-dialog .add-season").First.WaitForAsync();
            },
        },
        new("import", "/import", ".import-row") { Height = 700, Prepare = MatchAsync },
        new("welcome-folder", "/welcome/folder", "form")
        {
            Height = 760,
            Prepare = async page =>
            {
                await Button(page, "Test it").ClickAsync();
                await page.Locator(".welcome-good").WaitForAsync();
            },
        },
        new("welcome-languages", "/welcome/languages", "input[type=radio]") { Height = 760 },
        new("calendar", "/calendar", ".calendar-entry:visible"),
        new("history", "/history", ".history-row"),
        new("sources", "/sources", ".source-row"),
        new("tasks", "/tasks", ".task-row") { Height = 800 },
        new("settings-languages", "/settings#languages", "#languages")
        {
            Prepare = page => page.Locator("#languages").EvaluateAsync("section => section.scrollIntoView()"),
        },
        new("notifications", "/settings/notifications", "h1")
        {
            Prepare = async page =>
            {
                await Button(page, "Add").First.ClickAsync();
                await page.GetByRole(AriaRole.Menuitem, new() { Name = "Jellyfin" }).ClickAsync();
                await page.GetByLabel("Address", new() { Exact = true }).FillAsync("http://jellyfin.lan:8096");
                await page.GetByLabel("API key", new() { Exact = true }).FillAsync("0123456789abcdef");
                await page.Keyboard.PressAsync("Tab");
                await Expect(page.Locator(".mud-input-error")).ToHaveCountAsync(0);
            },
        },
        new("backups", "/settings/backups", "h1")
        {
            Height = 620,
            Prepare = async page =>
            {
                await Button(page, "Back up now").ClickAsync();
                await page.Locator(".backup-row").First.WaitForAsync();
            },
        },
        new("system", "/system", ".health-row") { Height = 1040 },
        new("logs", "/logs", ".log-row") { Height = 760 },
        new("palette", "/library", ".poster")
        {
            Prepare = async page =>
            {
                await page.Keyboard.PressAsync("Control+k");
                await page.Locator(".palette-input").FillAsync("s");
            },
        },
        new("shortcuts", "/library", ".poster") { Prepare = page => page.Keyboard.PressAsync("?") },

        // At the end: a curve needs some minutes.
        new("statistics", "/statistics", ".chart-ring") { Height = 1180 },
    ];

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name });

    private static async Task SearchAsync(IPage page)
    {
        await page.GetByLabel("Name of a series, or a link to its page").FillAsync("ch");
        await page.Locator(".found").First.WaitForAsync();
    }

    /// <summary>Asks the catalogue about the folders, and chooses those that are sure.</summary>
    private static async Task MatchAsync(IPage page)
    {
        await Button(page, "Find matches").ClickAsync();
        await Button(page, "Choose the 2 sure ones").ClickAsync();
        await Expect(page.Locator("[data-work]")).ToHaveCountAsync(0);
    }
}
