using AniWorld.Services.Catalogue;

namespace AniWorld.Services.Tests.Catalogue.SiteProfiles;

public sealed class SeriesDocumentTests
{
    private readonly string _page = SavedPages.Text("series.html");

    [Fact]
    public void A_saved_page_reads_whole()
    {
        var series = SavedPages.Series(_page);

        Assert.Equal("Das Schloß im Nebel & anderswo", series.Title);
        Assert.Equal("Ein \"altes\" Schloß, drei Geschwister & ein Geheimnis. Die ganze Beschreibung.", series.Description);
        Assert.Equal(2013, series.Year);
        Assert.Equal(new Uri("https://aniworld.to/public/img/cover/schloss.png"), series.Cover);
        Assert.Equal(new Uri("https://aniworld.to/public/img/backdrop/schloss.jpg"), series.Backdrop);
    }

    [Fact]
    public void Seasons_come_from_the_links_in_order_with_the_films_last() =>
        Assert.Equal([1, 2, 0], SavedPages.Series(_page).Seasons);

    [Fact]
    public void A_page_without_season_links_says_how_many_there_are()
    {
        var page = _page.Replace("id=\"stream\"", "id=\"elsewhere\"", StringComparison.Ordinal);

        Assert.Equal([1, 2], SavedPages.Series(page).Seasons);
    }

    [Fact]
    public void A_page_without_a_title_names_the_selector_that_found_nothing()
    {
        var page = _page.Replace("series-title", "v2-series-title", StringComparison.Ordinal);

        var fault = Assert.Throws<PageLayoutException>(() => SavedPages.Series(page).Title);

        Assert.Equal("provider_changed", fault.Code);
        Assert.Equal(".series-title h1", fault.Selector);
        Assert.Contains(".series-title h1", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_with_neither_links_nor_a_count_has_changed()
    {
        var page = _page.Replace("id=\"stream\"", "", StringComparison.Ordinal).Replace("numberOfSeasons", "x", StringComparison.Ordinal);

        Assert.Throws<PageLayoutException>(() => SavedPages.Series(page).Seasons);
    }

    [Fact]
    public void What_may_be_missing_is_null()
    {
        var series = SavedPages.Series("<div class=series-title><h1>T</h1></div>");

        Assert.Equal("T", series.Title);
        Assert.Null(series.Description);
        Assert.Null(series.Year);
        Assert.Null(series.Cover);
        Assert.Null(series.Backdrop);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:image/png;base64,AAAA")]
    [InlineData("file:///etc/passwd")]
    [InlineData("")]
    public void A_cover_that_is_no_web_address_is_none(string cover)
    {
        var page = _page.Replace("/public/img/cover/schloss.png", cover, StringComparison.Ordinal);

        Assert.Null(SavedPages.Series(page).Cover);
    }

    [Fact]
    public void More_seasons_than_any_series_has_are_refused()
    {
        var links = string.Concat(Enumerable.Range(1, 1_000).Select(n => $"<a href='/anime/stream/schloss-im-nebel/staffel-{n}'>{n}</a>"));

        var fault = Assert.Throws<Faults.FaultException>(() => SavedPages.Series($"<div id=stream>{links}</div>").Seasons);

        Assert.Equal("too_large", fault.Code);
    }

    [Fact]
    public void Five_megabytes_of_noise_around_it_change_nothing()
    {
        var noise = string.Concat(Enumerable.Repeat("<p class=ad>Werbung &amp; <b>Lärm</b></p>\n", 130_000));
        var page = _page.Replace("<nav>", noise + "<nav>", StringComparison.Ordinal);

        Assert.Equal("Das Schloß im Nebel & anderswo", SavedPages.Series(page).Title);
    }
}
