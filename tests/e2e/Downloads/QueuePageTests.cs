using AniWorld.SampleSite.Faults;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AniWorld.E2E.Downloads;

/// <summary>The waiting downloads in another order: with a mouse, with a finger, with keys.</summary>
[Trait("Kind", "browser")]
public sealed class QueuePageTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private SampleServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await SampleServer.StartReadyAsync(null, "--downloads.parallel", "1");
        _server.Site.Faults.Add(new Fault(FaultKind.Throttle) { Path = "/hoster/", BytesPerSecond = 2 << 10 });
        await _server.AddAsync("chronik-der-tausend-boten");
        await _server.EnqueueAsync("chronik-der-tausend-boten", (1, 1), (1, 2), (1, 3), (1, 4), (1, 5));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_row_is_dragged_with_the_mouse_and_moved_with_keys()
    {
        await using var context = await chromium.NewContextAsync(_server.Address, _server.Token);
        var page = await OpenAsync(context);
        var (from, to) = (await HandleAsync(page, 3), await HandleAsync(page, 0));

        await page.Mouse.MoveAsync(from.X, from.Y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(from.X, (from.Y + to.Y) / 2, new() { Steps = 4 });
        await page.Mouse.MoveAsync(to.X, to.Y - 12, new() { Steps = 4 });
        await page.Mouse.UpAsync();
        await ShowsAsync(page, "S01E05", "S01E02", "S01E03", "S01E04");

        var handle = page.GetByRole(AriaRole.Button, new() { Name = "Move Chronik der tausend Boten S01E05: drag, or use the arrow keys", Exact = true });
        await handle.FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await ShowsAsync(page, "S01E02", "S01E05", "S01E03", "S01E04");
        await Expect(handle).ToBeFocusedAsync();
        await Expect(page.GetByText("Chronik der tausend Boten S01E05 is now number 2 of 4.")).ToBeAttachedAsync();
        await page.Keyboard.PressAsync("End");
        await ShowsAsync(page, "S01E02", "S01E03", "S01E04", "S01E05");
        await page.ReloadAsync();
        await ShowsAsync(page, "S01E02", "S01E03", "S01E04", "S01E05");
    }

    [Fact]
    public async Task A_row_is_dragged_with_a_finger_and_a_removed_one_comes_back()
    {
        await using var context = await chromium.NewContextAsync(_server.Address, _server.Token, 390, 844);
        var page = await OpenAsync(context);
        var finger = await context.NewCDPSessionAsync(page);
        await finger.SendAsync("Emulation.setTouchEmulationEnabled", new() { ["enabled"] = true });
        await page.Locator("[data-drag-handle]").First.ScrollIntoViewIfNeededAsync();
        var (from, to) = (await HandleAsync(page, 0), await HandleAsync(page, 1));

        await TouchAsync(finger, "touchStart", from.X, from.Y);
        await TouchAsync(finger, "touchMove", from.X, (from.Y + to.Y) / 2);
        await TouchAsync(finger, "touchMove", to.X, to.Y + 20);
        await finger.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = "touchEnd", ["touchPoints"] = Array.Empty<object>() });
        await ShowsAsync(page, "S01E03", "S01E02", "S01E04", "S01E05");

        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Chronik der tausend Boten S01E02" }).ClickAsync();
        await ShowsAsync(page, "S01E03", "S01E04", "S01E05");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await ShowsAsync(page, "S01E03", "S01E02", "S01E04", "S01E05");
    }

    private static async Task<IPage> OpenAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync("/queue");
        await Expect(page.Locator("[data-drag-handle]")).ToHaveCountAsync(4);

        // Rows can be dragged once their script is there.
        await Expect(page.Locator("[data-drag-ready]").First).ToBeAttachedAsync();
        return page;
    }

    private static async Task<(float X, float Y)> HandleAsync(IPage page, int place)
    {
        var box = (await page.Locator("[data-drag-handle]").Nth(place).BoundingBoxAsync())!;
        return (box.X + (box.Width / 2), box.Y + (box.Height / 2));
    }

    private static async Task TouchAsync(ICDPSession finger, string type, float x, float y) => await finger.SendAsync(
        "Input.dispatchTouchEvent", new() { ["type"] = type, ["touchPoints"] = new[] { new { x, y } } });

    private static Task ShowsAsync(IPage page, params string[] episodes) =>
        Expect(page.Locator("[data-section=Waiting] .queue-episode")).ToContainTextAsync(episodes);
}
