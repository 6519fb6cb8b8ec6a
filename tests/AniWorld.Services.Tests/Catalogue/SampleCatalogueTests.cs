using AniWorld.SampleSite;
using AniWorld.SampleSite.Catalogue;
using AniWorld.SampleSite.Faults;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Faults;
using AniWorld.Services.Library;
using AniWorld.Services.Streaming;

namespace AniWorld.Services.Tests.Catalogue;

/// <summary>The whole of the sample catalogue, read over HTTP by the aniworld profile.</summary>
public sealed class SampleCatalogueTests : IAsyncLifetime
{
    private RunningSampleSite _sample = null!;
    private TestHost _host = null!;

    private ISeriesProvider Provider => _host.AniWorld;

    public async ValueTask InitializeAsync()
    {
        _sample = await RunningSampleSite.StartAsync();
        _host = new TestHost(_sample.BaseAddress.Authority);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _sample.DisposeAsync();
    }

    [Fact]
    public async Task Every_series_reads_as_the_site_has_it()
    {
        foreach (var expected in _sample.Catalogue.Series)
        {
            var series = await Provider.GetSeriesAsync(expected.Key);

            Assert.NotNull(series);
            Assert.Equal((expected.Name, expected.From), (series.Name, series.Year));
            Assert.Equal(expected.Description, series.Description ?? "");
            Assert.Equal(expected.CoverPath, series.Cover?.AbsolutePath);
            Assert.Equal(expected.Seasons.SelectMany(season => season.Episodes).Select(Describe), series.Episodes.Select(Describe));
        }
    }

    [Fact]
    public async Task Every_series_is_found_by_its_name()
    {
        foreach (var expected in _sample.Catalogue.Series)
        {
            var hits = await Provider.SearchAsync(expected.Name);

            var hit = Assert.Single(hits, hit => hit.Key == expected.Key);
            Assert.Equal((expected.Name, expected.From), (hit.Name, hit.Year));
            Assert.Equal(Provider.LinkOf(expected.Key), hit.Link);
            Assert.Equal(expected.Key, Provider.RecogniseLink(hit.Link));
        }
    }

    [Fact]
    public async Task A_search_answer_that_is_escaped_as_a_whole_reads_the_same()
    {
        var plain = await Provider.SearchAsync("e");
        _sample.Faults.Add(new Fault(FaultKind.EscapedJson));

        Assert.NotEmpty(plain);
        Assert.Equal(plain, await Provider.SearchAsync("e"));
    }

    [Fact]
    public async Task Every_series_first_offers_lead_to_a_stream()
    {
        foreach (var series in _sample.Catalogue.Series)
        {
            var episode = series.Seasons.SelectMany(season => season.Episodes).First(episode => episode.Languages.Count > 0);

            var links = await Provider.GetHosterLinksAsync(new EpisodeKey(series.Key, episode.Season, episode.Number));

            Assert.Equal(episode.Languages.Count * series.Hosters.Count, links.Count);
            foreach (var link in links.DistinctBy(link => link.Hoster))
            {
                var stream = await _host.Get<StreamResolverChain>().ResolveAsync(link, TestContext.Current.CancellationToken);
                Assert.Equal(link.Hoster is "Streamly" or "Cryptix" ? TransferKind.Hls : TransferKind.File, stream.Main.Transfer);
            }
        }
    }

    [Fact]
    public async Task An_announced_episode_has_no_links()
    {
        var (series, episode) = _sample.Catalogue.Series
            .SelectMany(series => series.Seasons.SelectMany(season => season.Episodes), (series, episode) => (series, episode))
            .First(one => one.episode.Languages.Count == 0);

        Assert.Empty(await Provider.GetHosterLinksAsync(new EpisodeKey(series.Key, episode.Season, episode.Number)));
    }

    [Fact]
    public async Task A_series_read_again_is_not_sent_again()
    {
        var key = _sample.Catalogue.Series[0].Key;
        var first = await Provider.GetSeriesAsync(key);
        _sample.Requests.Clear();

        var second = await Provider.GetSeriesAsync(key);

        Assert.Equal(first!.Episodes.Select(Describe), second!.Episodes.Select(Describe));
        Assert.All(_sample.Requests.All, request => Assert.Equal(304, request.Status));
    }

    [Fact]
    public async Task A_redesigned_site_is_told_from_an_empty_one()
    {
        _sample.Faults.Add(new Fault(FaultKind.Layout));

        await Assert.ThrowsAsync<PageLayoutException>(() => Provider.GetSeriesAsync(_sample.Catalogue.Series[0].Key));
        await Assert.ThrowsAsync<PageLayoutException>(() => Provider.GetHosterLinksAsync(new EpisodeKey(_sample.Catalogue.Series[0].Key, 1, 1)));
    }

    [Fact]
    public async Task A_compressed_bomb_is_refused()
    {
        _sample.Faults.Add(new Fault(FaultKind.GzipBomb) { Bytes = 1L << 30 });

        var fault = await Assert.ThrowsAsync<FaultException>(() => Provider.SearchAsync("e"));

        Assert.Equal("too_large", fault.Code);
    }

    [Fact]
    public async Task A_site_that_stumbles_twice_is_asked_a_third_time()
    {
        _sample.Faults.Add(new Fault(FaultKind.Status) { Status = 502, Times = 2 });

        Assert.NotEmpty(await Provider.SearchAsync("e"));
    }

    private static string Describe(SampleEpisode episode) =>
        $"S{episode.Season}E{episode.Number} {episode.German.Trim()}|{episode.English.Trim()} [{string.Join(' ', episode.Languages)}]";

    private static string Describe(CatalogueEpisode episode) =>
        $"S{episode.Season}E{episode.Number} {episode.Titles.GetValueOrDefault("de")}|{episode.Titles.GetValueOrDefault("en")} "
        + $"[{string.Join(' ', episode.Languages.Select(language => language.Code))}]";
}
