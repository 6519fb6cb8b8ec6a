using AniWorld.Blazor.Library;
using Bunit;

namespace AniWorld.Blazor.Tests.Library;

public sealed class LibraryPageTests : IAsyncDisposable
{
    private readonly PageWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void An_empty_library_leads_to_adding_a_series()
    {
        var page = _world.Render<LibraryPage>();

        page.WaitForAssertion(() => Assert.Equal("add", page.Find(".state-actions a").GetAttribute("href")));
    }

    [Fact]
    public async Task Posters_fill_as_many_columns_as_fit()
    {
        _world.AddSeries("Mondlotse", episodes: 3);
        var page = _world.Render<LibraryPage>();
        page.WaitForAssertion(() => Assert.NotNull(page.FindComponent<PosterGrid>()));
        var grid = page.FindComponent<PosterGrid>();

        await grid.InvokeAsync(() => grid.Instance.FitAsync(columns: 4, rowHeight: 300));

        grid.WaitForAssertion(() => Assert.Equal("Mondlotse", grid.Find(".poster .poster-name").TextContent));
        Assert.Equal("0 of 3 episodes", grid.Find(".poster-count").TextContent);
        Assert.Equal("3 missing", grid.Find(".poster-missing").TextContent);
    }
}
