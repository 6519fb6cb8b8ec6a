using System.Net;
using AniWorld.Services.Catalogue;

namespace AniWorld.Services.Tests.Catalogue.SiteProfiles;

public sealed class SearchDocumentTests
{
    private readonly string _answer = SavedPages.Text("search.json");

    [Fact]
    public void Texts_become_plain_text()
    {
        var hit = SavedPages.Search(_answer).Hits[0];

        Assert.Equal("schloss-im-nebel", hit.Key);
        Assert.Equal("Das Schloß & der Nebel", hit.Name);
        Assert.Equal("Drei Geschwister … und mehr", hit.Description);
        Assert.Equal(2013, hit.Year);
        Assert.Equal(new Uri("https://aniworld.to/anime/stream/schloss-im-nebel"), hit.Link);
        Assert.Equal(new Uri("https://aniworld.to/public/img/cover/schloss.png"), hit.Cover);
    }

    [Fact]
    public void Hits_that_are_no_series_are_left_out_and_each_series_comes_once() =>
        Assert.Equal(["schloss-im-nebel", "nebelfahrt", "add-aniworld"], SavedPages.Search(_answer).Hits.Select(hit => hit.Key));

    [Fact]
    public void A_year_may_be_a_number_and_missing_members_are_null()
    {
        var hit = SavedPages.Search(_answer).Hits[1];

        Assert.Equal(2020, hit.Year);
        Assert.Null(hit.Description);
        Assert.Null(hit.Cover);
    }

    [Fact]
    public void An_answer_that_is_HTML_escaped_as_a_whole_reads_the_same() =>
        Assert.Equal(SavedPages.Search(_answer).Hits, SavedPages.Search(WebUtility.HtmlEncode(_answer)).Hits);

    [Fact]
    public void An_empty_list_finds_nothing() => Assert.Empty(SavedPages.Search("[]").Hits);

    [Theory]
    [InlineData("")]
    [InlineData("<html>Wartung</html>")]
    [InlineData("{\"error\": 1}")]
    [InlineData("null")]
    [InlineData("[{\"name\":")]
    public void Anything_else_has_changed(string answer) => Assert.Throws<PageLayoutException>(() => SavedPages.Search(answer).Hits);

    [Fact]
    public void A_list_nested_a_hundred_thousand_deep_has_changed() =>
        Assert.Throws<PageLayoutException>(() => SavedPages.Search(new string('[', 100_000) + new string(']', 100_000)).Hits);
}
