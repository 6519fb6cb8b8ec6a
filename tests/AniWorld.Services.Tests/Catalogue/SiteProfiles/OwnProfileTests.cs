using AniWorld.Services.Catalogue;
using AniWorld.Services.Catalogue.SiteProfiles;
using AniWorld.Services.Configuration;
using AniWorld.Services.Library;

namespace AniWorld.Services.Tests.Catalogue.SiteProfiles;

/// <summary>A user's own profile, from its file to the catalogue, and the tester's view of the same pages.</summary>
public sealed class OwnProfileTests : IAsyncLifetime
{
    private LocalSite _site = null!;
    private TestHost _host = null!;

    private ProfileTester Tester => _host.Get<ProfileTester>();

    public async ValueTask InitializeAsync()
    {
        _site = await LocalSite.StartAsync();
        _site.Page("/show/schloss", OwnProfile.Series).Page("/find?q=schloss", OwnProfile.Search).Page("/watch/schloss-folge-1", OwnProfile.Episode);
        _host = new TestHost(_site.Authority);
        Directory.CreateDirectory(_host.Data.Providers);
        await File.WriteAllTextAsync(Path.Combine(_host.Data.Providers, "own.json"), OwnProfile.Json($"http://{_site.Authority}"));
        _host.Options.CurrentValue = _host.Options.CurrentValue with
        {
            Providers = new Dictionary<string, ProviderOptions> { ["own"] = new() { Enabled = true, RequestsPerMinute = 6_000 } },
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task A_site_without_seasons_and_with_pages_of_results_is_read()
    {
        var provider = _host.Get<ProviderRegistry>().ByName("own")!;

        var hit = Assert.Single(await provider.SearchAsync("schloss", TestContext.Current.CancellationToken));
        var series = await provider.GetSeriesAsync(hit.Key, TestContext.Current.CancellationToken);
        var link = Assert.Single(await provider.GetHosterLinksAsync(new EpisodeKey(hit.Key, 1, 1), TestContext.Current.CancellationToken));

        Assert.Equal(("schloss", "Schloss im Nebel", 2013), (hit.Key, hit.Name, hit.Year));
        Assert.Equal(("Schloss im Nebel", 2013), (series!.Name, series.Year));
        Assert.Equal(["1x1 Ankunft de-dub,de-sub", "1x2 Abreise de-sub"], series.Episodes.Select(one => $"{one.Season}x{one.Number} {one.Titles["de"]} {string.Join(',', one.Languages)}"));
        Assert.Equal(("de-dub", "Glashaus"), (link.Language.Code, link.Hoster));
        Assert.Equal("schloss", provider.RecogniseLink(new Uri(_site.Address, "/watch/schloss-folge-2")));
    }

    [Fact]
    public async Task A_page_of_results_without_its_mark_means_that_the_site_has_changed()
    {
        _site.Page("/find?q=x", "<p>other</p>").Page("/find?q=none", "<form class=search></form>");
        var provider = _host.Get<ProviderRegistry>().ByName("own")!;

        Assert.Empty(await provider.SearchAsync("none", TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<PageLayoutException>(() => provider.SearchAsync("x", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_tester_shows_every_field_of_a_series_page_and_what_becomes_of_it()
    {
        var trial = await TryAsync("/show/schloss");

        Assert.Equal(("own", "series"), (trial.Profile, trial.Page));
        Assert.Equal(["Schloss im Nebel (2013)", "Seasons: 1", "S01E01 · Ankunft · de-dub, de-sub · ", "S01E02 · Abreise · de-sub · "], trial.Results);
        Assert.Empty(trial.Problems);
        var title = trial.Fields.Single(field => field.Member == "series.title");
        Assert.Equal(("h1", 1, "Schloss im Nebel"), (title.Selector, title.Found, title.Raw));
        var year = trial.Fields.Single(field => field.Member == "series.year");
        Assert.Equal(("07.04.2013", "2013-04-07"), (year.Raw, Assert.Single(year.Values)));
        Assert.Equal(["de", "omu"], trial.Fields.Single(field => field.Member == "row 1: season.languages").Values);
    }

    [Fact]
    public async Task The_tester_names_marks_that_no_map_lists()
    {
        var trial = await TryAsync("/watch/schloss-folge-1");

        Assert.Equal("episode", trial.Page);
        Assert.Equal(2, trial.Fields.Single(field => field.Member == "episode.offers").Found);
        Assert.Contains("languages.keys does not list 'fr'", Assert.Single(trial.Problems), StringComparison.Ordinal);
        Assert.Single(trial.Results);
    }

    [Fact]
    public async Task The_tester_reads_search_results() => Assert.Equal(["Schloss im Nebel (2013) · schloss"], (await TryAsync("/find?q=schloss")).Results);

    [Fact]
    public async Task The_tester_takes_a_profile_that_is_not_saved()
    {
        var json = OwnProfile.Json($"http://{_site.Authority}", "draft").Replace("\"h1\", \"remove\": \"small\"", "\"h7\"", StringComparison.Ordinal);
        var trial = await Tester.TryAsync(new Uri(_site.Address, "/show/schloss").AbsoluteUri, json, TestContext.Current.CancellationToken);

        Assert.Equal("draft", trial.Profile);
        Assert.Contains(trial.Problems, problem => problem.Contains("series title at 'h7'", StringComparison.Ordinal));
        await Assert.ThrowsAsync<InvalidDataException>(() => Tester.TryAsync(_site.Address.AbsoluteUri, "{}", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("no address", "http or https")]
    [InlineData("file:///etc/passwd", "http or https")]
    [InlineData("https://elsewhere.example/show/schloss", "None of the routes")]
    public async Task The_tester_asks_only_sites_that_a_profile_knows(string address, string sentence)
    {
        var fault = await Assert.ThrowsAsync<Faults.FaultException>(() => Tester.TryAsync(address, null, TestContext.Current.CancellationToken));

        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
        Assert.Empty(_site.Requests);
    }

    private Task<ProfileTrial> TryAsync(string path) => Tester.TryAsync(new Uri(_site.Address, path).AbsoluteUri, null, TestContext.Current.CancellationToken);
}
