using AniWorld.Blazor.Library;
using AniWorld.Services.Progress;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Blazor.Tests.Library;

public sealed class CoverageGridTests : IAsyncDisposable
{
    private readonly PageWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_dragged_range_is_fetched_each_cell_in_its_language_and_undo_takes_it_back()
    {
        var page = Open(episodes: 4);

        await MarkAsync(page, "only", [0, 0], [2, 0]);
        Assert.Equal(3, page.FindAll(".coverage .coverage-cell[aria-selected=true]").Count);
        page.Find(".coverage-bar .mud-button-filled").Click();

        page.WaitForAssertion(() => Assert.Equal([1, 2, 3], Queued()));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".coverage-bar")));
        _world.Eventually(() => Assert.Equal(3, page.FindAll(".coverage .coverage-cell[data-state=queued]").Count));

        _world.Messages.Find(".mud-snackbar-content-action button").Click();

        _world.Eventually(() => Assert.Empty(Queued()));
        _world.Eventually(() => Assert.Equal(4, page.FindAll(".coverage .coverage-cell[data-state=wanted]").Count));
    }

    [Fact]
    public async Task Ignored_cells_say_so_and_can_be_taken_back()
    {
        var page = Open(episodes: 3);

        await MarkAsync(page, "only", [1, 0], [2, 0]);
        page.Find(".coverage-bar .mud-button-outlined").Click();

        _world.Eventually(() => Assert.Equal(2, page.FindAll(".coverage .coverage-cell[data-state=ignored]").Count));
        _world.Messages.Find(".mud-snackbar-content-action button").Click();
        _world.Eventually(() => Assert.Equal(3, page.FindAll(".coverage .coverage-cell[data-state=wanted]").Count));
    }

    [Fact]
    public async Task Each_cell_has_a_name_and_the_sentence_and_one_selected_cell_says_both()
    {
        var page = Open(episodes: 2);

        await MarkAsync(page, "flip", [1, 0], [1, 0]);

        var cell = page.Find("[data-number='2'] .coverage-cell");
        Assert.Equal("S01E02, German dub: wanted", cell.GetAttribute("aria-label"));
        Assert.Equal("Not on disk; the source has it in de-dub.", cell.GetAttribute("title"));
        Assert.Equal("S01E02, German dub: wanted", page.Find(".coverage-said strong").TextContent);
        Assert.Equal("Not on disk; the source has it in de-dub.", page.Find(".coverage-said span").TextContent);
    }

    [Fact]
    public void A_season_of_a_thousand_episodes_is_drawn_by_the_hundred()
    {
        var page = Open(episodes: 1_000);

        Assert.Equal(100, page.FindAll(".coverage-episode").Count);
        page.FindAll(".coverage-pages button")[9].Click();

        Assert.Equal("901", page.Find(".coverage-episode").GetAttribute("data-number"));
    }

    [Fact]
    public void Progress_draws_its_own_episode_again_and_no_other()
    {
        var page = Open(episodes: 3);
        var others = page.FindComponents<CoverageEpisode>().Where(one => one.Instance.Line.Episode.Number != 2).ToList();
        var drawn = others.Select(one => one.RenderCount).ToList();
        var itself = page.FindComponents<CoverageEpisode>().Single(one => one.Instance.Line.Episode.Number == 2);
        var before = itself.RenderCount;

        _world.Happens(new DownloadProgressed(Guid.NewGuid(), "mond-lotse", "Mondlotse (2020)", 1, 2, DownloadPhase.Downloading, 37, 37, 100, 1, null));

        _world.Eventually(() => Assert.True(itself.RenderCount > before));
        Assert.Equal(drawn, others.Select(one => one.RenderCount));
    }

    private static Task MarkAsync(IRenderedComponent<SeriesPage> page, string mark, int[] from, int[] to)
    {
        var grid = page.FindComponent<CoverageGrid>();
        return grid.InvokeAsync(() => grid.Instance.MarkAsync(mark, from, to));
    }

    private IRenderedComponent<SeriesPage> Open(int episodes)
    {
        _world.AddSeries("Mondlotse", episodes);
        _world.Services.GetRequiredService<NavigationManager>().NavigateTo("series/mond-lotse?view=coverage");
        var page = _world.Render<SeriesPage>(parameters => parameters.Add(p => p.Key, "mond-lotse"));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".coverage .coverage-cell[data-state=wanted]")));
        Assert.Equal(Math.Min(episodes, 100) * 2, page.FindAll(".coverage .coverage-cell[data-state=none]").Count);
        return page;
    }

    private List<int> Queued()
    {
        using var database = _world.Database();
        return [.. database.Downloads.Select(item => item.Number).Order()];
    }
}
