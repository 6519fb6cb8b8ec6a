using AniWorld.Services.Catalogue.SiteProfiles;
using AniWorld.Services.Library;

namespace AniWorld.Services.Tests.Catalogue.SiteProfiles;

public sealed class SiteAddressesTests
{
    [Theory]
    [InlineData("https://aniworld.to/anime/stream/attack-on-titan")]
    [InlineData("http://www.aniworld.to/anime/stream/attack-on-titan/")]
    [InlineData("https://aniworld.to/anime/stream/Attack-On-Titan?x=1#y")]
    [InlineData("https://aniworld.to/anime/stream/attack-on-titan/staffel-4")]
    [InlineData("https://aniworld.to/anime/stream/attack-on-titan/filme")]
    [InlineData("https://aniworld.to/anime/stream/attack-on-titan/filme/film-3")]
    [InlineData("https://aniworld.to/anime/stream/attack-on-titan/staffel-4/episode-12")]
    public void Every_page_of_a_series_says_its_key(string link) => Assert.Equal("attack-on-titan", SavedPages.Site.Read(new Uri(link))?.Key);

    [Theory]
    [InlineData("https://aniworld.to/")]
    [InlineData("https://aniworld.to/user/profil/anna")]
    [InlineData("https://aniworld.to/anime/stream/")]
    [InlineData("https://aniworld.to/anime/stream/a/b/c/d")]
    [InlineData("https://aniworld.to/anime/stream/under_score")]
    [InlineData("https://aniworld.to/anime/stream/%2e%2e%2fetc")]
    [InlineData("https://aniworld.to:8443/anime/stream/attack-on-titan")]
    [InlineData("https://aniworld.to.evil.example/anime/stream/attack-on-titan")]
    [InlineData("https://evil.example/anime/stream/attack-on-titan")]
    [InlineData("ftp://aniworld.to/anime/stream/attack-on-titan")]
    [InlineData("https://aniworld.to/anime/stream/attack-on-titan/staffel-99999999999")]
    public void Anything_else_is_no_series(string link) => Assert.Null(SavedPages.Site.Read(new Uri(link)));

    [Theory]
    [InlineData("add", "add-aniworld")]
    [InlineData("search", "search-aniworld")]
    [InlineData("rescan", "rescan-aniworld")]
    [InlineData("x-aniworld", "x-aniworld-aniworld")]
    public void A_reserved_key_gets_a_suffix_and_still_leads_back(string id, string key)
    {
        var page = new Uri($"https://aniworld.to/anime/stream/{id}");

        Assert.Equal(key, SavedPages.Site.Read(page)?.Key);
        Assert.Equal(page, SavedPages.Site.Series(key));
    }

    [Theory]
    [InlineData("../etc", false)]
    [InlineData("a--b", false)]
    [InlineData("A", false)]
    [InlineData("", false)]
    [InlineData("a\n", false)]
    [InlineData("add", false)]
    [InlineData("add-aniworld", true)]
    [InlineData("86-eighty-six", true)]
    public void Only_a_key_goes_into_an_address(string key, bool valid) => Assert.Equal(valid, SavedPages.Site.IsKey(key));

    [Fact]
    public void A_key_is_at_most_255_characters() => Assert.False(SavedPages.Site.IsKey(new string('a', 256)));

    [Fact]
    public void A_base_address_may_have_a_path()
    {
        var site = new SiteAddresses(SavedPages.Profile, () => new Uri("http://nas.local:8080/mirror/"));

        var address = site.Episode(new EpisodeKey("a", 1, 2))!;

        Assert.Equal("http://nas.local:8080/mirror/anime/stream/a/staffel-1/episode-2", address.AbsoluteUri);
        Assert.Equal(new SiteLink(SitePage.Episode, "a", 1, 2), site.Read(address));
    }

    [Fact]
    public void A_search_text_is_escaped() =>
        Assert.Equal("https://aniworld.to/ajax/seriesSearch?keyword=a%26b%20%2F%C3%BC", SavedPages.Site.Search("a&b /ü").AbsoluteUri);
}
