using AniWorld.Blazor.Library;
using AniWorld.Services.Library;

namespace AniWorld.Blazor.Tests.Library;

public sealed class LibraryViewTests
{
    [Fact]
    public void What_an_address_keeps_comes_back_from_it()
    {
        var view = new LibraryView("nebel", SeriesSort.Missing, IsReversed: true, SeriesTraits.Missing | SeriesTraits.Airing, "other", IsTable: true);

        var address = view.Address;

        Assert.Equal("missing,airing", address["show"]);
        Assert.Equal(view, LibraryView.Of(
            (string?)address["q"], (string?)address["sort"], (bool?)address["reverse"], (string?)address["show"], (string?)address["profile"], (string?)address["view"]));
    }

    [Fact]
    public void The_usual_view_needs_nothing_in_the_address()
    {
        Assert.All(new LibraryView().Address.Values, Assert.Null);
        Assert.True(new LibraryView().IsEverything);
    }

    [Fact]
    public void What_an_address_does_not_know_is_passed_over()
    {
        Assert.Equal(new LibraryView(), LibraryView.Of(null, "sideways", null, "missing-things,,7", null, "cube"));
    }

    [Fact]
    public void The_same_column_again_turns_the_order_round()
    {
        var once = new LibraryView().By(SeriesSort.Progress);

        Assert.True(once.Query.Descending);
        Assert.False(once.By(SeriesSort.Progress).Query.Descending);
        Assert.False(once.By(SeriesSort.Name).Query.Descending);
    }
}
