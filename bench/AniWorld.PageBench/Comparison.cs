using System.Globalization;
using Microsoft.Playwright;

namespace AniWorld.PageBench;

/// <summary>How fast pages are there and answer, and what open ones cost the server.</summary>
internal static class Comparison
{
    private const int Circuits = 50;
    private const int Seconds = 20;

    /// <summary>When the first poster was painted, in ms since the navigation began.</summary>
    private const string NotePaint = """
        new MutationObserver((_, observer) => {
          if (document.querySelector(".poster")) {
            observer.disconnect();
            requestAnimationFrame(() => setTimeout(() => { window.painted = performance.now(); }));
          }
        }).observe(document, { childList: true, subtree: true });
        window.longest = 0;
        new PerformanceObserver(list => list.getEntries().forEach(task => { window.longest = Math.max(window.longest, task.duration); })).observe({ type: "longtask" });
        """;

    /// <summary>Milliseconds from a key to the first change in the list.</summary>
    private const string NoteAnswer = """
        void (window.answer = new Promise(resolve => {
          let typed = 0;
          document.addEventListener("input", () => { typed = performance.now(); }, { capture: true, once: true });
          new MutationObserver((changes, observer) => {
            const places = changes.map(change => change.target instanceof Element ? change.target : change.target.parentElement);
            if (typed > 0 && places.some(place => place?.closest("main") && !place.closest("[role=search], label, .mud-input-control"))) {
              observer.disconnect();
              requestAnimationFrame(() => resolve(performance.now() - typed));
            }
          }).observe(document.body, { childList: true, subtree: true, characterData: true });
        }))
        """;

    /// <returns>Whether all aims were met.</returns>
    public static async Task<bool> RunAsync(int runs)
    {
        var folder = Directory.CreateTempSubdirectory("aniworld-bench-").FullName;
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        var met = true;
        await using (var ours = await Served.StartAsync(browser, "ours", folder))
        await using (var bare = await Served.StartAsync(browser, "bare", folder))
        {
            Console.WriteLine("| | aniworld | from–to | bare Blazor | aim |\n| --- | ---: | ---: | ---: | ---: |");
            met &= Report("Library of 5,000 series: first posters painted, ms", await TakeAsync(runs, ours, bare, PaintAsync), 1_000);
            met &= Report("Search in it: a key is answered, ms", await TakeAsync(runs, ours, bare, AnswerAsync), 100);
            met &= await CircuitsAsync(ours, bare);
            met &= await ActiveAsync(ours);
        }

        Directory.Delete(folder, recursive: true);
        return met;
    }

    /// <summary>One after the other in each run, after one that does not count.</summary>
    private static async Task<(List<double> Ours, List<double> Bare)> TakeAsync(int runs, Served ours, Served bare, Func<Served, Task<double>> measure)
    {
        var (one, other) = (new List<double>(), new List<double>());
        for (var run = -1; run < runs; run++)
        {
            var (mine, its) = (await measure(ours), await measure(bare));
            if (run >= 0)
            {
                one.Add(mine);
                other.Add(its);
            }
        }

        return (one, other);
    }

    private static async Task<IPage> OpenAsync(IBrowserContext context, string path, string ready)
    {
        var page = await context.NewPageAsync();
        await page.AddInitScriptAsync(NotePaint);
        await page.GotoAsync(path);
        await page.WaitForSelectorAsync(ready);
        return page;
    }

    private static async Task<double> PaintAsync(Served server)
    {
        await using var context = await server.BrowseAsync();
        var page = await OpenAsync(context, "/library", ".poster");
        return await (await page.WaitForFunctionAsync("window.painted")).JsonValueAsync<double>();
    }

    private static async Task<double> AnswerAsync(Served server)
    {
        await using var context = await server.BrowseAsync();
        var page = await OpenAsync(context, "/library", ".poster");
        await page.WaitForFunctionAsync("window.painted");
        await page.Locator("main input[type=search]").First.FocusAsync();
        await page.EvaluateAsync(NoteAnswer);
        await page.Keyboard.PressAsync("7");
        return await page.EvaluateAsync<double>("window.answer");
    }

    private static async Task<bool> CircuitsAsync(Served ours, Served bare)
    {
        var (mine, slowest) = await OpenManyAsync(ours);
        var (its, itsSlowest) = await OpenManyAsync(bare);
        return Report($"Memory of one of {Circuits} idle circuits, KiB", ([mine / 1024], [its / 1024]), 2_048)
            & Report($"The slowest of {Circuits} opened at once, ms", ([slowest], [itsSlowest]), null);
    }

    private static async Task<(double Bytes, double Slowest)> OpenManyAsync(Served server)
    {
        await PaintAsync(server);
        var before = await server.AskAsync("heap");
        await using var context = await server.BrowseAsync();
        var pages = await Task.WhenAll(Enumerable.Range(0, Circuits).Select(_ => OpenAsync(context, "/library", ".poster")));
        var painted = await Task.WhenAll(pages.Select(async page => await (await page.WaitForFunctionAsync("window.painted")).JsonValueAsync<double>()));
        return ((await server.AskAsync("heap") - before) / Circuits, painted.Max());
    }

    private static async Task<bool> ActiveAsync(Served ours)
    {
        await using var context = await ours.BrowseAsync();
        var page = await OpenAsync(context, "/queue", ".queue-row");
        await Task.Delay(TimeSpan.FromSeconds(2));
        var idle = await CpuAsync(ours, () => Task.Delay(TimeSpan.FromSeconds(Seconds)));
        await page.EvaluateAsync("window.longest = 0");
        var busy = await CpuAsync(ours, () => ours.TellAsync(string.Create(CultureInfo.InvariantCulture, $"play {Seconds}")));
        return Report("200 running downloads on the queue page, server's load over idle, % of a core", ([(busy - idle) / Seconds / 10], []), 3)
            & Report("the same, longest task in the browser, ms", ([await page.EvaluateAsync<double>("window.longest")], []), 50);
    }

    private static async Task<double> CpuAsync(Served server, Func<Task> during)
    {
        var before = await server.AskAsync("cpu");
        await during();
        return await server.AskAsync("cpu") - before;
    }

    private static bool Report(string name, (List<double> Ours, List<double> Bare) taken, double? aim)
    {
        var (ours, bare) = taken;
        ours.Sort();
        bare.Sort();
        var median = ours[ours.Count / 2];
        var spread = ours.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"{ours[0]:0}–{ours[^1]:0}") : "";
        var peer = bare.Count > 0 ? bare[bare.Count / 2].ToString("0", CultureInfo.InvariantCulture) : "";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {median:0.#} | {spread} | {peer} | {aim} |"));
        return aim is null || median <= aim;
    }
}
