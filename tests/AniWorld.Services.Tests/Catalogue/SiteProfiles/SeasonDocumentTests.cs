using AniWorld.Data.Library;
using AniWorld.Services.Catalogue;

namespace AniWorld.Services.Tests.Catalogue.SiteProfiles;

public sealed class SeasonDocumentTests
{
    private readonly string _page = SavedPages.Text("season.html");

    [Fact]
    public void A_row_says_number_titles_languages_and_hosters()
    {
        var first = SavedPages.Season(_page).Episodes[0];

        Assert.Equal((1, 1), (first.Season, first.Number));
        Assert.Equal("Der Anfang", first.Titles["de"]);
        Assert.Equal("The <Beginning>", first.Titles["en"]);
        Assert.Equal([Language.DeDub, Language.DeSub, Language.EnSub], first.Languages);
        Assert.Equal(["Rangeo", "Plain"], first.Hosters);
    }

    [Fact]
    public void Hostile_markup_in_a_title_stays_text_and_an_empty_title_is_left_out()
    {
        var second = SavedPages.Season(_page).Episodes[1];

        Assert.Equal("Only <img src=x onerror=alert(1)> English", second.Titles["en"]);
        Assert.False(second.Titles.ContainsKey("de"));
    }

    [Fact]
    public void Unknown_flags_are_passed_over() => Assert.Empty(SavedPages.Season(_page).Episodes[1].Languages);

    [Fact]
    public void An_announced_episode_without_a_link_has_its_number_and_no_language()
    {
        var third = SavedPages.Season(_page).Episodes[2];

        Assert.Equal(3, third.Number);
        Assert.Empty(third.Languages);
    }

    [Fact]
    public void Films_have_season_zero()
    {
        var film = Assert.Single(SavedPages.Season(SavedPages.Text("films.html"), season: 0).Episodes);

        Assert.Equal((0, 1), (film.Season, film.Number));
        Assert.Equal("The Movie", film.Titles["en"]);
    }

    [Fact]
    public void Rows_of_another_season_are_passed_over() =>
        Assert.Throws<PageLayoutException>(() => SavedPages.Season(SavedPages.Text("films.html"), season: 1).Episodes);

    [Fact]
    public void An_empty_list_is_an_empty_season() =>
        Assert.Empty(SavedPages.Season("<table class=seasonEpisodesList><tbody></tbody></table>").Episodes);

    [Fact]
    public void A_page_without_a_list_has_changed()
    {
        var fault = Assert.Throws<PageLayoutException>(() => SavedPages.Season("<p>Bald wieder da</p>").Episodes);

        Assert.Equal("table.seasonEpisodesList", fault.Selector);
    }

    [Fact]
    public void Rows_that_say_no_number_have_changed() =>
        Assert.Throws<PageLayoutException>(() => SavedPages.Season("<table class=seasonEpisodesList><tbody><tr><td>?</table>").Episodes);
}
