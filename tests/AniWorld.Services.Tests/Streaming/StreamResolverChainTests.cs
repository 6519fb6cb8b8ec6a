using AniWorld.Data.Library;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using AniWorld.Services.Streaming;
using AniWorld.Services.Tests.Catalogue;

namespace AniWorld.Services.Tests.StreamResolution;

public sealed class StreamResolverChainTests : IAsyncLifetime
{
    private static readonly byte[] Mp4 = [0, 0, 0, 0x18, .. "ftypisom"u8, .. new byte[5_000]];

    private LocalSite _catalogue = null!;
    private LocalSite _hoster = null!;
    private TestHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        (_catalogue, _hoster) = (await LocalSite.StartAsync(), await LocalSite.StartAsync());
        _host = new TestHost(_catalogue.Authority, _hoster.Authority);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _catalogue.DisposeAsync();
        await _hoster.DisposeAsync();
    }

    [Fact]
    public async Task A_link_to_a_file_is_opened_once_and_the_Referer_stays_with_the_catalogue()
    {
        _catalogue.Redirect("/redirect/1", At("/v.mp4"));
        _hoster.File("/v.mp4", Mp4, "application/octet-stream");

        var stream = await ResolveAsync();

        Assert.Equal(new MediaTrack(TrackKind.Video, TransferKind.File, new Uri(At("/v.mp4"))), stream.Main);
        Assert.Equal(1, _hoster.Count("/v.mp4"));
        Assert.Equal(PageOf(_catalogue), _catalogue.Requests.Single().Headers.Referer);
        Assert.Equal(0, _hoster.Requests.Single().Headers.Referer.Count);
    }

    [Fact]
    public async Task A_link_to_a_playlist_is_HLS()
    {
        _catalogue.Page("/redirect/1", "#EXTM3U\n#EXT-X-ENDLIST\n", "text/plain");

        var main = (await ResolveAsync()).Main;

        Assert.Equal(TransferKind.Hls, main.Transfer);
        Assert.Equal(PageOf(_catalogue), main.Referer?.AbsoluteUri);
    }

    [Fact]
    public async Task An_embed_page_leads_to_its_video_and_is_named_as_Referer()
    {
        _catalogue.Redirect("/redirect/1", At("/e/1"));
        _hoster.Page("/e/1", "<h1>Player</h1><video><source src='/v.mp4'></video>").File("/v.mp4", Mp4, "video/mp4");

        var main = (await ResolveAsync()).Main;

        Assert.Equal(new MediaTrack(TrackKind.Video, TransferKind.File, new Uri(At("/v.mp4")), new Uri(At("/e/1"))), main);
        Assert.Equal(1, _hoster.Count("/e/1"));
        Assert.Equal(At("/e/1"), _hoster.Requests.Last().Headers.Referer);
    }

    [Fact]
    public async Task Frames_are_followed_two_deep_and_no_deeper()
    {
        _catalogue.Page("/redirect/1", $"<iframe src='{At("/1")}'></iframe>");
        _hoster.Page("/1", "<iframe src='/2'></iframe>").Page("/2", "<video src='/v.mp4'></video>").File("/v.mp4", Mp4, "video/mp4");
        Assert.Equal(At("/v.mp4"), (await ResolveAsync()).Main.Url.AbsoluteUri);

        _hoster.Page("/2", "<iframe src='/3'></iframe>").Page("/3", "<video src='/v.mp4'></video>");
        Assert.Equal("no_stream", await FaultOfAsync());
    }

    [Fact]
    public async Task Another_origin_learns_the_host_of_the_page_and_not_its_path()
    {
        _catalogue.Page("/redirect/1", $"<video src='{At("/v.mp4")}'></video>");
        _hoster.File("/v.mp4", Mp4, "video/mp4");

        var main = (await ResolveAsync()).Main;

        Assert.Equal(_catalogue.Address, main.Referer);
        Assert.Equal(_catalogue.Address.AbsoluteUri, _hoster.Requests.Single().Headers.Referer);
    }

    [Fact]
    public async Task A_dead_address_on_the_page_is_passed_over()
    {
        _catalogue.Page("/redirect/1", $"<video src='{At("/dead.mp4")}'></video><script>play('{At("/live.m3u8")}')</script>");
        _hoster.Page("/live.m3u8", "#EXTM3U", "application/vnd.apple.mpegurl");

        Assert.Equal(At("/live.m3u8"), (await ResolveAsync()).Main.Url.AbsoluteUri);
    }

    [Fact]
    public async Task A_page_without_a_stream_says_so()
    {
        _catalogue.Page("/redirect/1", "<h1>Werbung</h1>", "video/mp4");

        Assert.Equal("no_stream", await FaultOfAsync());
    }

    [Fact]
    public async Task The_reason_why_the_named_video_cannot_be_had_is_told()
    {
        _catalogue.Page("/redirect/1", $"<video src='{At("/gone.mp4")}'></video>");

        Assert.Equal("http_404", await FaultOfAsync());
    }

    [Fact]
    public async Task A_page_that_names_a_private_address_gets_nothing_from_there()
    {
        await using var inside = await LocalSite.StartAsync();
        _catalogue.Page("/redirect/1", $"<video src='{inside.Address}secret.mp4'></video>");

        Assert.Equal("blocked_address", await FaultOfAsync());
        Assert.Empty(inside.Requests);
    }

    [Theory]
    [InlineData(200, "<div class='g-recaptcha' data-sitekey='x'></div>")]
    [InlineData(403, "<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/h/b/orchestrate'></script>")]
    [InlineData(503, "<div class='cf-turnstile'></div>")]
    public async Task A_page_that_wants_a_person_is_a_manual_action(int status, string body)
    {
        _catalogue.Status("/redirect/1", status, body);

        Assert.Equal("manual_action", await FaultOfAsync());
    }

    [Theory]
    [InlineData(403, "http_403")]
    [InlineData(404, "http_404")]
    [InlineData(500, "http_500")]
    [InlineData(429, "rate_limited")]
    public async Task A_refusal_is_named_by_its_status(int status, string code)
    {
        _catalogue.Status("/redirect/1", status, "no");

        Assert.Equal(code, await FaultOfAsync());
    }

    [Fact]
    public async Task What_is_neither_page_nor_video_is_not_media()
    {
        _catalogue.File("/redirect/1", [.. "PK\x03\x04"u8, .. new byte[100]], "application/zip");

        Assert.Equal("not_media", await FaultOfAsync());
    }

    [Fact]
    public async Task Of_a_large_file_only_the_head_is_read()
    {
        var sent = 0L;
        var ended = new TaskCompletionSource();
        _catalogue.On("/redirect/1", async context =>
        {
            context.Response.ContentType = "video/mp4";
            try
            {
                await context.Response.Body.WriteAsync(Mp4);
                for (; sent < 1 << 30; sent += 1 << 16)
                {
                    await context.Response.Body.WriteAsync(new byte[1 << 16], context.RequestAborted);
                }
            }
            catch (OperationCanceledException)
            {
                // The reader has seen enough.
            }
            finally
            {
                ended.SetResult();
            }
        });

        await ResolveAsync();

        await ended.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Assert.InRange(sent, 0, 64 << 20);
    }

    [Fact]
    public async Task A_page_of_five_megabytes_is_read_and_a_larger_one_is_refused()
    {
        var noise = new string(' ', (5 << 20) - 1_000);
        _catalogue.Page("/redirect/1", $"<p>{noise}</p><video src='{At("/v.mp4")}'></video>");
        _hoster.File("/v.mp4", Mp4, "video/mp4");
        Assert.Equal(At("/v.mp4"), (await ResolveAsync()).Main.Url.AbsoluteUri);

        _catalogue.Page("/redirect/1", $"<p>{noise}{noise}</p>");
        Assert.Equal("too_large", await FaultOfAsync());
    }

    [Fact]
    public async Task A_page_of_nested_elements_is_given_up_in_time()
    {
        _host.Options.CurrentValue = _host.Options.CurrentValue with { Limits = new LimitOptions { ParseSeconds = 0.3 } };
        _catalogue.Page("/redirect/1", string.Concat(Enumerable.Repeat("<div>", 100_000)));

        Assert.Equal("timeout", await FaultOfAsync());
    }

    [Fact]
    public async Task A_page_full_of_frames_costs_a_limited_number_of_requests()
    {
        _catalogue.Page("/redirect/1", string.Concat(Enumerable.Range(0, 1_000).Select(i => $"<iframe src='{At($"/{i}")}'></iframe>")));

        await FaultOfAsync();

        Assert.InRange(_hoster.Requests.Count, 1, 12);
    }

    private static string PageOf(LocalSite site) => new Uri(site.Address, "/episode").AbsoluteUri;

    private string At(string path) => new Uri(_hoster.Address, path).AbsoluteUri;

    private Task<MediaStream> ResolveAsync() => _host.Get<StreamResolverChain>().ResolveAsync(
        new HosterLink(Language.DeDub, "Rangeo", new Uri(_catalogue.Address, "/redirect/1"), new Uri(PageOf(_catalogue))),
        TestContext.Current.CancellationToken);

    private async Task<string> FaultOfAsync() => (await Assert.ThrowsAsync<FaultException>(ResolveAsync)).Code;
}
