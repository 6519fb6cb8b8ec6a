using AniWorld.Blazor.Library;

namespace AniWorld.Blazor.Tests.Library;

public sealed class LibrarySelectionTests
{
    private static readonly string[] Order = ["a", "b", "c", "d", "e", "f"];

    private readonly LibrarySelection _selection = new();

    [Fact]
    public void A_range_goes_from_the_last_click_and_shrinks_again()
    {
        _selection.Flip("e");
        _selection.Flip("b");

        _selection.Extend("d", Order);
        Assert.Equal(["b", "c", "d", "e"], _selection.Keys.Order());

        _selection.Extend("c", Order);
        Assert.Equal(["b", "c", "e"], _selection.Keys.Order());

        _selection.Extend("a", Order);
        Assert.Equal(["a", "b", "e"], _selection.Keys.Order());
    }

    [Fact]
    public void A_range_from_a_series_that_is_no_longer_listed_begins_anew()
    {
        _selection.Flip("gone");

        _selection.Extend("c", Order);

        Assert.Equal(["c", "gone"], _selection.Keys.Order());
    }

    [Fact]
    public void A_second_click_takes_a_series_out()
    {
        _selection.SelectAll(Order);
        _selection.Flip("b");

        Assert.False(_selection.Contains("b"));
        Assert.Equal(5, _selection.Count);
    }
}
