using System.Text.RegularExpressions;
using AniWorld.SampleSite;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AniWorld.E2E.Layout;

/// <summary>The main job without a mouse, with the focus to be seen at every stop.</summary>
[Trait("Kind", "browser")]
public sealed partial class KeyboardOnlyTests(Chromium chromium) : IClassFixture<Chromium>
{
    /// <summary>More stops than any way in the product takes.</summary>
    private const int FarthestStop = 60;

    /// <summary>What is wrong with how the focus shows; empty when nothing is. Fields show it by their frame, the rest by an outline.</summary>
    private const string FocusFault = """
        async () => {
          // An outline that comes with a transition, however short, is there with the next frame.
          await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
          const at = document.activeElement;
          if (!at || at === document.body) return "nothing has the focus";
          const named = `${at.tagName}.${at.className} "${at.getAttribute("aria-label") ?? at.textContent.trim().slice(0, 40)}"`;
          const frame = at.closest(".mud-input-control")?.querySelector(".mud-input-outlined-border");
          const shown = [at, at.parentElement, at.closest("label"), at.closest(".mud-button-root, .mud-switch-base, .mud-radio, .mud-checkbox")].filter(Boolean);
          const isRinged = element => {
            const style = getComputedStyle(element);
            return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
          };
          if (!shown.some(isRinged) && !(frame && parseFloat(getComputedStyle(frame).borderTopWidth) >= 2)) return `${named}: its focus cannot be seen`;
          const box = (shown.find(isRinged) ?? frame).getBoundingClientRect();
          if (box.width === 0 || box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) return `${named}: out of sight`;
          const over = document.elementFromPoint(Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 1), Math.min(Math.max(box.y + box.height / 2, 1), innerHeight - 1));
          return over && (shown.some(element => element.contains(over) || over.contains(element))) ? "" : `${named}: covered by ${over?.tagName}.${over?.className}`;
        }
        """;

    [Fact]
    public async Task From_the_login_to_a_finished_download_and_a_changed_setting_by_keys_alone()
    {
        await using var sample = await SampleServer.StartReadyAsync(new SampleSiteOptions { PadTo = 2 << 20, Throttle = 96 << 10 }, "--hosters.order.0", "Rangeo");
        await using var context = await chromium.NewContextAsync(sample.Address);
        var page = await context.NewPageAsync();

        await LogInAsync(page);
        await AddAsync(page);
        await FetchAsync(page);
        await ChangeSettingAsync(page);
        Assert.Equal(2, (await sample.GetAsync("/api/config")).GetProperty("downloads").GetProperty("parallel").GetInt32());
        await AskForHelpAsync(page);
        await SwitchThemeAsync(page);
    }

    private static async Task LogInAsync(IPage page)
    {
        await page.GotoAsync("/queue");
        await Expect(page.GetByLabel("Master password")).ToBeFocusedAsync();
        await SeeFocusAsync(page);
        await page.Keyboard.TypeAsync(SampleServer.Password);
        await page.Keyboard.PressAsync("Enter");
        await ArriveAsync(page, "Queue");
    }

    private static async Task AddAsync(IPage page)
    {
        await GoAsync(page, 'a', "Add series");
        await TabToAsync(page, page.GetByLabel("Name of a series, or a link to its page"));
        await page.Keyboard.TypeAsync("kurz");
        await Expect(page.Locator(".found")).ToHaveCountAsync(1);
        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Add Kurz & knapp" }));
        await page.Keyboard.PressAsync("Enter");

        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByLabel("Season 1")).ToBeCheckedAsync();
        await TabToAsync(page, dialog.GetByLabel("Season 1"));
        await page.Keyboard.PressAsync("Space");
        await Expect(dialog.GetByLabel("Season 1")).Not.ToBeCheckedAsync();
        await page.Keyboard.PressAsync("Space");
        await Expect(dialog.GetByLabel("Season 1")).ToBeCheckedAsync();
        await TabToAsync(page, dialog.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog).ToHaveCountAsync(0);

        await TabToAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "Open Kurz & knapp" }));
        await page.Keyboard.PressAsync("Enter");
        await ArriveAsync(page, "Kurz & knapp");
    }

    private static async Task FetchAsync(IPage page)
    {
        await TabToAsync(page, page.GetByLabel("Download S01E01"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-episode=S01E01]")).Not.ToHaveAttributeAsync("data-state", "missing");
        await GoAsync(page, 'q', "Queue");
        await Expect(page.GetByRole(AriaRole.Progressbar, new() { Name = "Kurz & knapp S01E01" })).ToHaveAttributeAsync("aria-valuenow", MovingPercent());
        await Expect(page.Locator("[data-status=completed]")).ToHaveCountAsync(1, new() { Timeout = 60_000 });
    }

    private static async Task ChangeSettingAsync(IPage page)
    {
        await GoAsync(page, 's', "Settings");
        await Expect(page.GetByLabel("Search the settings")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("/");
        await Expect(page.GetByLabel("Search the settings")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("at once");
        await Expect(page.GetByLabel("Library folder")).ToHaveCountAsync(0);
        await TabToAsync(page, page.GetByLabel("Episodes at once"));
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync("2");
        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Save" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
    }

    private static async Task AskForHelpAsync(IPage page)
    {
        await page.Keyboard.PressAsync("Control+k");
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Go to or do" })).ToBeFocusedAsync();
        await SeeFocusAsync(page);
        await page.Keyboard.TypeAsync("statist");
        await Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Enter");
        await ArriveAsync(page, "Statistics");

        await page.Keyboard.PressAsync("?");
        var help = page.GetByRole(AriaRole.Dialog);
        await Expect(help).ToContainTextAsync("Pages: g, then");
        await TabToAsync(page, help.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }));
        await page.Keyboard.PressAsync("Escape");
        await Expect(help).ToHaveCountAsync(0);
    }

    /// <summary>Menus open, are walked through and closed by keys, and give the focus back.</summary>
    private static async Task SwitchThemeAsync(IPage page)
    {
        var menu = page.GetByRole(AriaRole.Button, new() { Name = "Appearance: As the system" });
        await TabToAsync(page, menu, "Shift+Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Menuitem).First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "Dark" })).ToHaveCountAsync(0);
        await Expect(menu).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, page.GetByRole(AriaRole.Menuitem, new() { Name = "Dark" }), "ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("html[data-theme=dark]")).ToBeVisibleAsync();
    }

    private static async Task GoAsync(IPage page, char key, string heading)
    {
        // From a field, letters are letters.
        await page.EvaluateAsync("document.activeElement?.blur()");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync(key.ToString());
        await ArriveAsync(page, heading);
    }

    private static async Task ArriveAsync(IPage page, string heading)
    {
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(heading);
        await Expect(page.Locator(".mud-skeleton")).ToHaveCountAsync(0);
    }

    private static async Task TabToAsync(IPage page, ILocator wanted, string key = "Tab")
    {
        await Expect(wanted).ToBeVisibleAsync();
        for (var stop = 0; !await wanted.EvaluateAsync<bool>("element => element === document.activeElement"); stop++)
        {
            Assert.True(stop < FarthestStop, $"{key} does not lead to {wanted}.");
            await page.Keyboard.PressAsync(key);

            // After the last stop comes the browser's own bar; at either end of a dialog one that sends the focus on to the other end.
            if (!await page.EvaluateAsync<bool>("document.activeElement.matches('body, div.fixed.pointer-events-none')"))
            {
                await SeeFocusAsync(page);
            }
        }
    }

    private static async Task SeeFocusAsync(IPage page) => Assert.Equal("", await page.EvaluateAsync<string>(FocusFault));

    [GeneratedRegex("^[1-9][0-9]?$")]
    private static partial Regex MovingPercent();
}
