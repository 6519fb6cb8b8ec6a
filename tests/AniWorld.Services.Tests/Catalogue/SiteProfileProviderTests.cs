using AniWorld.Data.Library;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using AniWorld.Services.Library;

namespace AniWorld.Services.Tests.Catalogue;

public sealed class SiteProfileProviderTests : IAsyncLifetime
{
    private const string Root = "/anime/stream/schloss-im-nebel";

    private LocalSite _site = null!;
    private TestHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await LocalSite.StartAsync();
        _host = new TestHost(_site.Authority);
        _site.Page(Root, SavedPages.Text("series.html"))
            .Page(Root + "/filme", SavedPages.Text("films.html"))
            .Page(Root + "/staffel-1", SavedPages.Text("season.html"))
            .Page(Root + "/staffel-2", "<table class=seasonEpisodesList><tbody></tbody></table>")
            .Page(Root + "/staffel-1/episode-1", SavedPages.Text("episode.html"))
            .Page("/ajax/seriesSearch?keyword=nebel", SavedPages.Text("search.json"), "application/json");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task A_series_comes_with_all_its_seasons_and_the_films_last()
    {
        var series = await _host.AniWorld.GetSeriesAsync("schloss-im-nebel");

        Assert.Equal("Das Schloß im Nebel & anderswo", series!.Name);
        Assert.Equal([(1, 1), (1, 2), (1, 3), (0, 1)], series.Episodes.Select(episode => (episode.Season, episode.Number)));
        Assert.Equal(new Uri(_site.Address, Root), series.Link);
        Assert.Equal(new Uri(_site.Address, "/public/img/cover/schloss.png"), series.Cover);
    }

    [Fact]
    public async Task Hoster_links_are_absolute_and_know_their_page()
    {
        var links = await _host.AniWorld.GetHosterLinksAsync(new EpisodeKey("schloss-im-nebel", 1, 1));

        Assert.Equal(
            new HosterLink(Language.DeDub, "Rangeo", new Uri(_site.Address, "/redirect/101"), new Uri(_site.Address, Root + "/staffel-1/episode-1")),
            links[0]);
    }

    [Fact]
    public async Task What_the_site_does_not_know_is_null_or_empty()
    {
        Assert.Null(await _host.AniWorld.GetSeriesAsync("unknown"));
        Assert.Empty(await _host.AniWorld.GetHosterLinksAsync(new EpisodeKey("schloss-im-nebel", 9, 9)));
    }

    [Theory]
    [InlineData("../../admin")]
    [InlineData("a?b")]
    [InlineData("add")]
    public async Task What_is_no_key_is_never_asked_for(string key)
    {
        Assert.Null(await _host.AniWorld.GetSeriesAsync(key));
        Assert.Empty(await _host.AniWorld.GetHosterLinksAsync(new EpisodeKey(key, 1, 1)));
        Assert.Empty(_site.Requests);
    }

    [Fact]
    public async Task A_search_finds_series() =>
        Assert.Equal(3, (await _host.AniWorld.SearchAsync("nebel")).Count);

    [Fact]
    public async Task A_season_that_is_linked_and_not_there_is_a_changed_site_not_an_empty_season()
    {
        _site.Status(Root + "/staffel-2", 404);

        await Assert.ThrowsAsync<PageLayoutException>(() => _host.AniWorld.GetSeriesAsync("schloss-im-nebel"));
    }

    [Fact]
    public async Task A_redesigned_page_marks_the_site()
    {
        _site.Page(Root, "<h1>Neu!</h1>");

        await Assert.ThrowsAsync<PageLayoutException>(() => _host.AniWorld.GetSeriesAsync("schloss-im-nebel"));

        await _host.Get<SourceHealthService>().FlushAsync();
        await using var database = _host.OpenDatabase();
        var health = Assert.Single(database.SourceHealth);
        Assert.Equal(("site", "aniworld", 1L), (health.Kind, health.Name, health.Failures));
        Assert.StartsWith("provider_changed: ", health.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_nested_elements_marks_the_site_and_a_search_still_works()
    {
        _host.Options.CurrentValue = _host.Options.CurrentValue with { Limits = new LimitOptions { ParseSeconds = 0.3 } };
        _site.Page(Root, string.Concat(Enumerable.Repeat("<div>", 100_000)));

        Assert.Equal("timeout", (await Assert.ThrowsAsync<FaultException>(() => _host.AniWorld.GetSeriesAsync("schloss-im-nebel"))).Code);
        Assert.NotEmpty(await _host.AniWorld.SearchAsync("nebel"));
    }

    [Fact]
    public void The_base_address_is_a_setting_that_takes_effect_at_once()
    {
        Set(new ProviderOptions { Enabled = true, BaseUrl = "https://mirror.example/x" });

        Assert.Equal("https://mirror.example/x/anime/stream/a", _host.AniWorld.LinkOf("a").AbsoluteUri);
        Assert.Equal("mirror.example", _host.AniWorld.Site);
        Set(new ProviderOptions { Enabled = true });
        Assert.Equal("https://aniworld.to/anime/stream/a", _host.AniWorld.LinkOf("a").AbsoluteUri);
        Assert.Equal("aniworld.to", _host.AniWorld.Site);
    }

    private void Set(ProviderOptions options) => _host.Options.CurrentValue =
        _host.Options.CurrentValue with { Providers = new Dictionary<string, ProviderOptions> { ["aniworld"] = options } };
}
