using AniWorld.Blazor.Policy;
using AniWorld.Services.Configuration;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Blazor.Tests.Policy;

public sealed class MissingPageTests : IAsyncDisposable
{
    private readonly PageWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void What_is_selected_is_queued()
    {
        var page = Open(episodes: 4);

        page.FindAll(".missing-row input")[1].Click();
        page.FindAll(".missing-row input")[2].Click();
        page.Find(".selection-bar .mud-button-filled").Click();

        page.WaitForAssertion(() => Assert.Equal([2, 3], Queued()));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".selection-bar")));
        _world.Eventually(() => Assert.Contains("queue", page.FindAll(".missing-why")[1].TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_ignored_leaves_the_list_and_comes_back_when_it_is_wanted_again()
    {
        var page = Open(episodes: 2);

        page.Find("button[aria-label='Ignore Mondlotse S01E01']").Click();
        _world.Eventually(() => Assert.Single(page.FindAll(".missing-row")));
        page.FindAll(".missing-kinds button")[2].Click();
        _world.Eventually(() => Assert.Equal("You chose to ignore it.", Assert.Single(page.FindAll(".missing-why")).TextContent));
        page.Find("button[aria-label='Want Mondlotse S01E01 again']").Click();

        _world.Eventually(() => Assert.Empty(page.FindAll(".missing-row")));
        using var database = _world.Database();
        Assert.All(database.Episodes, episode => Assert.False(episode.Ignored));
    }

    [Fact]
    public void The_address_says_what_is_shown()
    {
        Have(episodes: 3);
        _world.AddDownload(2, Data.Downloads.DownloadStatus.Pending);

        var page = At("missing?reason=queued");

        page.WaitForAssertion(() => Assert.Single(page.FindAll(".missing-row")));
        Assert.Contains("S01E02", page.Find(".missing-row").TextContent, StringComparison.Ordinal);
        page.Find(".page-actions .mud-button-filled").Click();
        page.WaitForAssertion(() => Assert.Equal([2], Queued()));
    }

    [Fact]
    public async Task A_filter_is_kept_by_name_and_can_be_forgotten()
    {
        var saved = _world.Services.GetRequiredService<SavedFilters>();

        Assert.Null(await saved.SaveAsync(new SavedFilter { Name = "Dubs", Query = "kind=upgradable" }));
        Assert.Null(await saved.SaveAsync(new SavedFilter { Name = "Dubs", Query = "kind=upgradable&language=de-dub" }));
        Assert.NotNull(await saved.SaveAsync(new SavedFilter { Name = "Bad", Query = "\"><script>" }));

        Assert.Equal("kind=upgradable&language=de-dub", Assert.Single(saved.All).Query);
        Assert.Null(await saved.RemoveAsync("Dubs"));
        Assert.Empty(saved.All);
    }

    [Fact]
    public void Nothing_missing_is_said_as_such()
    {
        var page = At("missing");

        page.WaitForAssertion(() => Assert.Equal("Nothing is missing", page.Find(".state-title").TextContent));
    }

    private IRenderedComponent<MissingPage> Open(int episodes)
    {
        Have(episodes);
        var page = At("missing");
        page.WaitForAssertion(() => Assert.Equal(episodes, page.FindAll(".missing-row").Count));
        return page;
    }

    private IRenderedComponent<MissingPage> At(string address)
    {
        _world.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return _world.Render<MissingPage>();
    }

    private void Have(int episodes) => _world.AddSeries("Mondlotse", episodes);

    private List<int> Queued()
    {
        using var database = _world.Database();
        return [.. database.Downloads.AsNoTracking().OrderBy(item => item.Number).Select(item => item.Number)];
    }
}
