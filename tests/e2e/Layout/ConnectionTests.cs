using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AniWorld.E2E.Layout;

/// <summary>The page's connection goes while the server stays.</summary>
[Trait("Kind", "browser")]
public sealed partial class ConnectionTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Lost = "Connection lost, trying again…";

    /// <summary>All that is ever put into the tab's storage, kept where a new document still finds it.</summary>
    private const string NoteDrafts = """
        const keep = Storage.prototype.setItem;
        Storage.prototype.setItem = function (name, value) {
          if (this === sessionStorage) keep.call(localStorage, "drafts-seen", (localStorage.getItem("drafts-seen") ?? "") + value);
          keep.call(this, name, value);
        };
        """;

    [Fact]
    public async Task A_page_whose_connection_is_cut_is_the_same_page_afterwards_and_goes_on_telling()
    {
        await using var sample = await SampleServer.StartReadyAsync();
        await sample.AddAsync("windspiel");
        await sample.AddAsync("kurz-und-knapp");
        await using var wire = new Wire(sample.Address);
        await using var context = await chromium.NewContextAsync(wire.Address, sample.Token);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/library");
        var search = page.GetByRole(AriaRole.Searchbox, new() { Name = "Search the library" });
        await search.FillAsync("windspiel");
        await Expect(page.Locator(".poster")).ToHaveCountAsync(1);
        await page.EvaluateAsync("window.sameDocument = true");

        // For a moment: nobody need notice.
        wire.Snap();
        await sample.AddAsync("windspiel-2024");
        await Expect(page.Locator(".poster")).ToHaveCountAsync(2);
        await Expect(page.GetByText(Lost)).ToBeHiddenAsync();

        // For longer: it is said, and the page can still be read.
        wire.Cut();
        await Expect(page.GetByText(Lost)).ToBeVisibleAsync();
        Assert.True(await page.Locator(".poster").First.EvaluateAsync<bool>(
            "poster => { const box = poster.getBoundingClientRect(); return poster.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)); }"));
        await search.FillAsync("wind");
        wire.Mend();
        await Expect(page.GetByText(Lost)).ToBeHiddenAsync();
        await search.FillAsync("kurz");
        await Expect(page.Locator(".poster-name")).ToHaveTextAsync(["Kurz & knapp"]);
        Assert.True(await page.EvaluateAsync<bool>("window.sameDocument === true"));
    }

    [Fact]
    public async Task A_page_frozen_until_the_server_forgot_it_is_right_again_by_itself_with_what_was_typed_but_no_password()
    {
        await using var sample = await SampleServer.StartReadyAsync(null, "--limits.page_seconds", "1");
        await using var wire = new Wire(sample.Address);
        await using var context = await chromium.NewContextAsync(wire.Address, sample.Token);
        await context.AddInitScriptAsync(NoteDrafts);
        var (settings, access) = (await context.NewPageAsync(), await context.NewPageAsync());
        await settings.GotoAsync("/settings");
        await settings.GetByLabel("Time zone").FillAsync("Nowhere/Land");
        await Expect(settings.GetByText("Something is not right yet; see above.")).ToBeVisibleAsync();
        await access.GotoAsync("/access");
        await access.GetByLabel("Current password").FillAsync("geheim von gestern");
        Assert.Equal(2, await OpenPagesAsync(sample));

        var frozen = await Task.WhenAll(FreezeAsync(settings, wire), FreezeAsync(access, wire));
        await ForgottenAsync(sample);
        var loaded = Task.WhenAll(LoadedAsync(settings), LoadedAsync(access));
        await Task.WhenAll(frozen.Select(tools => tools.SendAsync("Debugger.resume")));
        await loaded;

        await Expect(settings.GetByText("Something is not right yet; see above.")).ToBeVisibleAsync();
        await Expect(settings.GetByLabel("Time zone")).ToHaveValueAsync("Nowhere/Land");
        await Expect(settings.GetByText(Lost)).ToBeHiddenAsync();
        await Expect(access.GetByLabel("Current password")).ToHaveValueAsync("");
        var kept = await settings.EvaluateAsync<string>("localStorage.getItem('drafts-seen')");
        Assert.Contains("Nowhere/Land", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", kept, StringComparison.Ordinal);
    }

    /// <summary>
    /// Nothing of the page runs any more, and its connection goes. The debugger holds it: to freeze a tab as browsers do with those that nobody
    /// looks at, it would have to be hidden, which no tab of a test is.
    /// </summary>
    /// <returns>What can let it run on.</returns>
    private static async Task<ICDPSession> FreezeAsync(IPage page, Wire wire)
    {
        var tools = await page.Context.NewCDPSessionAsync(page);
        var paused = new TaskCompletionSource();
        tools.Event("Debugger.paused").OnEvent += (_, _) => paused.TrySetResult();
        await tools.SendAsync("Debugger.enable");
        await tools.SendAsync("Debugger.pause");
        wire.Snap();
        await paused.Task.WaitAsync(TimeSpan.FromSeconds(30));
        return tools;
    }

    /// <summary>When the page has come anew.</summary>
    private static Task LoadedAsync(IPage page)
    {
        var loaded = new TaskCompletionSource();
        page.DOMContentLoaded += (_, _) => loaded.TrySetResult();
        return loaded.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    /// <summary>Until no page is connected or remembered.</summary>
    private static async Task ForgottenAsync(SampleServer sample)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await OpenPagesAsync(sample) > 0)
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    private static async Task<int> OpenPagesAsync(SampleServer sample) =>
        int.Parse(Circuits().Match(await sample.Server.Http.GetStringAsync("/metrics")).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^aspnetcore_components_circuit_active\S* (\d+)", RegexOptions.Multiline)]
    private static partial Regex Circuits();
}
