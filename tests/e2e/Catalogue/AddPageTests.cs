using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AniWorld.E2E.Catalogue;

[Trait("Kind", "browser")]
public sealed class AddPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_shared_link_is_added_with_one_season_which_is_fetched()
    {
        await using var sample = await SampleServer.StartReadyAsync();
        await using var context = await chromium.NewContextAsync(sample.Address, sample.Token, 390, 844);
        var page = await context.NewPageAsync();
        var watch = new PageWatch(page, sample.Address);
        var link = new Uri(sample.Site.BaseAddress, "/anime/stream/papierdrachen-ag");

        await page.GotoAsync($"/add?title=Papierdrachen&text={Uri.EscapeDataString($"Schau mal: {link}")}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Look at this link" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Season 1").WaitForAsync();
        foreach (var season in await dialog.GetByRole(AriaRole.Checkbox).AllAsync())
        {
            await season.UncheckAsync();
        }

        await Expect(dialog.GetByText("Choose at least one season.")).ToBeVisibleAsync();
        await dialog.GetByLabel("Season 1").CheckAsync();
        await dialog.GetByLabel("Add and fetch what is missing").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add and fetch what is missing" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("/series/papierdrachen-ag$"));
        var queued = await sample.QueuedAsync();
        Assert.NotEmpty(queued);
        Assert.All(queued, episode => Assert.StartsWith("S1E", episode, StringComparison.Ordinal));
        Assert.Empty(watch.Seen);
    }
}
