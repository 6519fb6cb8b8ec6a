using System.Net;
using AniWorld.SampleSite.Catalogue;

namespace AniWorld.Services.Tests.SampleSite;

public sealed class CataloguePagesTests : SampleSiteTest
{
    [Fact]
    public async Task A_series_page_holds_what_the_profile_reads()
    {
        var page = await PageAsync("/anime/stream/die-sternenbaecker-von-oevelgoenne");

        Assert.Equal("Die Sternenbäcker von Övelgönne", page.QuerySelector(".series-title h1 span")!.TextContent);
        Assert.EndsWith("süßen Träumen.", page.QuerySelector("p.seri_des")!.GetAttribute("data-full-description"), StringComparison.Ordinal);
        Assert.Equal("2016", page.QuerySelector("span[itemprop=startDate] a")!.TextContent);
        Assert.Equal("3", page.QuerySelector("meta[itemprop=numberOfSeasons]")!.GetAttribute("content"));
        Assert.Equal(["Filme", "1", "2", "3"], page.QuerySelectorAll("#stream > ul:first-of-type a").Select(link => link.TextContent));
        Assert.Equal(12, page.QuerySelectorAll("#stream > ul:nth-of-type(2) a").Length);
        Assert.Equal(12, page.QuerySelectorAll("table.seasonEpisodesList tbody tr[data-episode-season-id]").Length);
    }

    [Fact]
    public async Task A_row_names_titles_hosters_and_languages()
    {
        var page = await PageAsync("/anime/stream/nebelfahrt-nach-morgen/staffel-1");
        var row = page.QuerySelector("tr[data-episode-season-id='4']")!;

        Assert.Equal("Überfahrt 4", row.QuerySelector("td.seasonEpisodeTitle a strong")!.TextContent);
        Assert.Equal("Crossing 4", row.QuerySelector("td.seasonEpisodeTitle a span")!.TextContent);
        Assert.Equal(["Rangeo", "Plainfile", "Streamly", "Cryptix", "Embedo"], row.QuerySelectorAll("i.icon").Select(icon => icon.GetAttribute("title")));
        Assert.Equal(
            ["/public/img/japanese-german.svg", "/public/img/japanese-english.svg"],
            row.QuerySelectorAll("img.flag").Select(flag => flag.GetAttribute("src")));
    }

    [Fact]
    public async Task An_announced_episode_offers_nothing()
    {
        var season = await PageAsync("/anime/stream/nebelfahrt-nach-morgen/staffel-1");
        var episode = await PageAsync("/anime/stream/nebelfahrt-nach-morgen/staffel-1/episode-6");

        Assert.Empty(season.QuerySelectorAll("tr[data-episode-season-id='6'] img.flag, tr[data-episode-season-id='6'] i.icon"));
        Assert.Empty(episode.QuerySelectorAll("li[class^=episodeLink]"));
    }

    [Fact]
    public async Task A_language_that_is_offered_later_appears_and_leaves_the_other_links_alone()
    {
        var before = Site.LinkOf("nebelfahrt-nach-morgen", 1, 5, "Rangeo", "en-sub");

        Site.Catalogue.Find("nebelfahrt-nach-morgen")!.Find(1, 5)!.Offer("de-dub");
        var page = await PageAsync("/anime/stream/nebelfahrt-nach-morgen/staffel-1/episode-5");

        Assert.Equal(["1", "2"], page.QuerySelectorAll(".changeLanguageBox img").Select(flag => flag.GetAttribute("data-lang-key")));
        Assert.Equal(before, Site.LinkOf("nebelfahrt-nach-morgen", 1, 5, "Rangeo", "en-sub"));
    }

    [Theory]
    [InlineData("die-sternenbaecker-von-oevelgoenne/filme/film-1", "Der Film: Das große Plätzchen", "The Movie: The Great Cookie", 10)]
    [InlineData("kurz-und-knapp/staffel-1/episode-2", "Umsteigen", "Changing Trains", 15)]
    public async Task An_episode_page_lists_a_link_per_language_and_hoster(string path, string german, string english, int links)
    {
        var page = await PageAsync("/anime/stream/" + path);

        Assert.Equal(german, page.QuerySelector(".episodeGermanTitle")!.TextContent);
        Assert.Equal(english, page.QuerySelector(".episodeEnglishTitle")!.TextContent);
        var items = page.QuerySelectorAll("li[class^=episodeLink][data-lang-key][data-link-target]");
        Assert.Equal(links, items.Length);
        Assert.All(items, item => Assert.Equal(item.GetAttribute("data-link-target"), item.QuerySelector("a.watchEpisode")!.GetAttribute("href")));
        Assert.All(items, item => Assert.NotEmpty(item.QuerySelector("h4")!.TextContent));
    }

    [Fact]
    public async Task Markup_in_titles_stands_there_as_text()
    {
        var page = await PageAsync("/anime/stream/img-src-x-im-netz");

        Assert.Equal("<img src=x onerror=\"alert('Titel')\"> im Netz", page.QuerySelector(".series-title h1")!.TextContent);
        Assert.Contains("<script>", page.QuerySelector("p.seri_des")!.GetAttribute("data-full-description"), StringComparison.Ordinal);
        Assert.Equal("<img src=x onerror=alert(1)>", page.QuerySelector("td.seasonEpisodeTitle strong")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("[onerror], [onmouseover], script"));
    }

    [Fact]
    public async Task Every_page_and_cover_of_the_catalogue_is_there()
    {
        foreach (var series in Site.Catalogue.Series)
        {
            foreach (var season in series.Seasons)
            {
                var page = await PageAsync($"{series.Path}/{season.Slug}");
                Assert.Equal(season.Episodes.Count, page.QuerySelectorAll("tr[data-episode-season-id]").Length);
                await PageAsync($"{series.Path}/{season.Slug}/{season.Episodes[^1].Slug}");
            }

            await AssertCoverAsync(series);
        }
    }

    [Fact]
    public async Task An_unchanged_page_is_answered_with_304()
    {
        using var first = await Client.GetAsync(new Uri("/anime/stream/con", UriKind.Relative), Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/anime/stream/con");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("/anime/stream/no-such-series")]
    [InlineData("/anime/stream/kurz-und-knapp/staffel-2")]
    [InlineData("/anime/stream/kurz-und-knapp/staffel-1/episode-4")]
    [InlineData("/redirect/999")]
    [InlineData("/redirect/99999999")]
    [InlineData("/nothing")]
    public async Task What_is_not_there_is_answered_with_404(string path)
    {
        using var answer = await Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task AssertCoverAsync(SampleSeries series)
    {
        if (series.CoverPath is not { } path)
        {
            return;
        }

        using var answer = await Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Cancellation);
        byte[] expected = path.EndsWith(".png", StringComparison.Ordinal) ? [0x89, 0x50, 0x4E, 0x47] : [0xFF, 0xD8, 0xFF];
        Assert.Equal(expected, bytes[..expected.Length]);
    }
}
