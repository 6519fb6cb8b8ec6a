using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AniWorld.E2E.Import;

[Trait("Kind", "browser")]
public sealed class ImportPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_folder_in_the_library_becomes_a_series_as_it_is()
    {
        await using var sample = await SampleServer.StartReadyAsync();
        var video = Path.Join(Directory.CreateDirectory(Path.Join(sample.Server.Library, "Kurz & knapp", "Staffel 1")).FullName, "Kurz 1x02.mkv");
        await File.WriteAllTextAsync(video, "video", TestContext.Current.CancellationToken);
        await using var context = await chromium.NewContextAsync(sample.Address, sample.Token);
        var page = await context.NewPageAsync();
        var watch = new PageWatch(page, sample.Address);

        await page.GotoAsync("/import");
        await page.GetByRole(AriaRole.Button, new() { Name = "Look through the library" }).Last.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Find a match for one folder" }).ClickAsync();
        var row = page.Locator("[data-folder='Kurz & knapp']");
        await Expect(row).ToContainTextAsync("100 % sure");
        await page.GetByRole(AriaRole.Button, new() { Name = "Choose the sure one" }).ClickAsync();
        await page.GetByRole(AriaRole.Region, new() { Name = "Chosen folders" }).GetByRole(AriaRole.Button, new() { Name = "Take over" }).ClickAsync();
        await Expect(page.GetByText("Every folder belongs to a series")).ToBeVisibleAsync();

        await page.GotoAsync("/series/kurz-und-knapp");
        await Expect(page.Locator("[data-episode][data-state=ondisk]")).ToHaveCountAsync(1);
        Assert.True(File.Exists(video));
        await page.GotoAsync("/add?q=kurz");
        await page.GetByRole(AriaRole.Link, new() { Name = "Open Kurz & knapp" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/series/kurz-und-knapp$"));
        Assert.Empty(watch.Seen);
    }
}
