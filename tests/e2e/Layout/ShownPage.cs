using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AniWorld.E2E.Layout;

/// <summary>A page as the tests of all pages open it.</summary>
/// <param name="Name">File name of its pictures.</param>
/// <param name="Path">From the server's root.</param>
/// <param name="Heading">Its first-level heading, or the start of it.</param>
/// <param name="German">The same for a German reader.</param>
/// <param name="Ready">Selector of something that is there only when the page has loaded.</param>
internal sealed record ShownPage(string Name, string Path, string Heading, string German, string Ready)
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

    private static readonly ShownPage Setup = new("setup", "/", "Set up AniWorld", "AniWorld einrichten", "form");
    private static readonly ShownPage Login = new("login", "/login", "Log in", "Anmelden", "form");

    private static readonly ShownPage[] Inside =
    [
        new("dashboard", "/", "Dashboard", "Übersicht", ".running-download"),
        new("library", "/library", "Library", "Bibliothek", ".poster"),
        new("series", "/series/die-sternenbaecker-von-oevelgoenne", "Die Sternenbäcker", "Die Sternenbäcker", "[data-episode]"),
        new("coverage", "/series/die-sternenbaecker-von-oevelgoenne?view=coverage", "Die Sternenbäcker", "Die Sternenbäcker", ".coverage-cell"),
        new("add", "/add", "Add series", "Serie hinzufügen", ".add-search"),
        new("found", "/add", "Add series", "Serie hinzufügen", ".found"),
        new("import", "/import", "Import", "Ordner übernehmen", ".import-row"),
        new("welcome-folder", "/welcome/folder", "Where is your library?", "Wo ist deine Bibliothek?", "form"),
        new("welcome-names", "/welcome/names", "What shall files be called?", "Wie sollen Dateien heißen?", ".naming-preview li"),
        new("welcome-languages", "/welcome/languages", "In which language do you watch?", "In welcher Sprache schaust du?", "input[type=radio]"),
        new("welcome-source", "/welcome/source", "Where do series come from?", "Woher kommen die Serien?", ".setting-switch"),
        new("welcome-done", "/welcome/done", "You are ready", "Du kannst loslegen", ".next-card"),
        new("missing", "/missing", "Missing", "Fehlend", ".missing-season"),
        new("queue", "/queue", "Queue", "Warteschlange", ".queue-row"),
        new("calendar", "/calendar", "Calendar", "Kalender", ".calendar-entry:visible, .calendar-agenda-day:visible"),
        new("calendar-week", "/calendar?view=week", "Calendar", "Kalender", ".calendar-agenda-day:visible"),
        new("history", "/history", "History", "Verlauf", ".history-row"),
        new("statistics", "/statistics", "Statistics", "Statistik", ".chart-ring"),
        new("logs", "/logs", "Logs", "Protokoll", ".log-row"),
        new("system", "/system", "System", "System", ".health-row"),
        new("more", "/more", "More", "Mehr", ".more-pages"),
        new("access", "/access", "Access", "Zugang", ".access-row"),
        new("tasks", "/tasks", "Tasks", "Aufgaben", ".task-row"),
        new("sources", "/sources", "Sources", "Quellen", ".source-row"),
        new("settings", "/settings", "Settings", "Einstellungen", "#appearance"),
        new("backups", "/settings/backups", "Backups", "Sicherungen", ".backup-row"),
        new("notifications", "/settings/notifications", "Notifications", "Benachrichtigungen", ".state-message"),
        new("source-test", "/sources/test", "Try a site profile", "Profil einer Seite ausprobieren", "form"),
        new("not-found", "/nowhere", "There is nothing here", "Hier ist nichts", ".state-actions"),
        new("error", "/error", "Something went wrong", "Etwas ging schief", ".plain-action"),
    ];

    /// <summary>Opens every page in turn, each in one tab, and hands it over once it shows what it is for.</summary>
    public static async Task VisitAllAsync(
        Chromium chromium, StockedLibrary stock, int width, int height, Func<ShownPage, IPage, Task> look, ColorScheme theme = ColorScheme.Light, string locale = "en-GB")
    {
        await VisitAsync(stock.New.Address, null, [Setup]);
        await VisitAsync(stock.Used.Address, null, [Login]);
        await VisitAsync(stock.Used.Address, stock.Used.Token, Inside);

        async Task VisitAsync(Uri server, string? token, IEnumerable<ShownPage> pages)
        {
            await using var context = await chromium.NewContextAsync(server, token, width, height, theme, locale);
            var tab = await context.NewPageAsync();
            foreach (var page in pages)
            {
                await tab.GotoAsync(page.Path);
                if (page.Name == "found")
                {
                    await tab.Locator(".add-search input").FillAsync("ch");
                }

                await Expect(tab.Locator(page.Ready).First).ToBeVisibleAsync();
                await Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(locale.StartsWith("de", StringComparison.Ordinal) ? page.German : page.Heading);
                await Expect(tab.Locator(".mud-skeleton")).ToHaveCountAsync(0);

                await tab.EvaluateAsync(Settled);
                await look(page, tab);
            }
        }
    }
}
