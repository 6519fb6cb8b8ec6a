using AniWorld.Services.Faults;
using AniWorld.Services.Streaming;

namespace AniWorld.Services.Tests.Downloads.Engine.Hls;

public sealed class HlsDownloadTests : IAsyncLifetime
{
    private const int Count = 20;
    private static readonly byte[][] Segments = [.. Enumerable.Range(0, Count).Select(number => Clips.Ts(300 + number, number))];
    private readonly EngineWorld _world = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Segments_come_in_parallel_and_lie_in_order()
    {
        ServeSegments();

        var media = await _world.DownloadAsync("/v/list.m3u8", TransferKind.Hls);

        Assert.Equal(_world.Target + ".ts", media.Path);
        Assert.Equal(Segments.SelectMany(bytes => bytes), await File.ReadAllBytesAsync(media.Path));
        Assert.Single(_world.Files);
        Assert.Equal(1, _world.Progress.All[^1].Fraction);
    }

    [Fact]
    public async Task A_playlist_behind_a_redirect_counts_from_where_it_was_found()
    {
        ServeSegments();
        _world.Origin.On("/start", exchange => exchange.SendAsync(302, "", "Location: /v/list.m3u8"));

        await _world.DownloadAsync("/start", TransferKind.Hls);

        Assert.True(File.Exists(_world.Target + ".ts"));
    }

    [Fact]
    public async Task A_cancelled_stream_goes_on_at_its_last_whole_segment()
    {
        ServeSegments();
        await _world.CancelAtAsync("/v/list.m3u8", 0.5);
        var before = _world.Origin.Requests.Count;

        await _world.DownloadAsync("/v/list.m3u8", TransferKind.Hls);

        Assert.Equal(Segments.SelectMany(bytes => bytes), await File.ReadAllBytesAsync(_world.Target + ".ts"));
        Assert.InRange(_world.Origin.Requests.Count - before, 3, 2 + (Count / 2));
    }

    [Fact]
    public async Task A_segment_on_disk_that_is_not_what_the_journal_says_is_fetched_again()
    {
        ServeSegments();
        await _world.CancelAtAsync("/v/list.m3u8", 0.5);
        await using (var part = File.OpenWrite(_world.Part))
        {
            part.Position = Segments[0].Length + 10;
            part.WriteByte(0xEE);
            part.WriteByte(0xEE);
        }

        await _world.DownloadAsync("/v/list.m3u8", TransferKind.Hls);

        Assert.Equal(Segments.SelectMany(bytes => bytes), await File.ReadAllBytesAsync(_world.Target + ".ts"));
    }

    [Fact]
    public async Task A_part_file_shorter_than_its_journal_goes_on_at_its_real_end()
    {
        ServeSegments();
        await _world.CancelAtAsync("/v/list.m3u8", 0.5);
        await using (var part = File.OpenWrite(_world.Part))
        {
            part.SetLength(Segments[0].Length + Segments[1].Length + 5);
        }

        await _world.DownloadAsync("/v/list.m3u8", TransferKind.Hls);

        Assert.Equal(Segments.SelectMany(bytes => bytes), await File.ReadAllBytesAsync(_world.Target + ".ts"));
    }

    [Fact]
    public async Task Another_playlist_under_the_same_name_starts_anew()
    {
        ServeSegments();
        await _world.CancelAtAsync("/v/list.m3u8", 0.5);
        _world.Origin.Serve("/w/0.ts", Clips.Ts(100, 99));
        ServePlaylist("/v/list.m3u8", "#EXTINF:2,\n/w/0.ts");

        await _world.DownloadAsync("/v/list.m3u8", TransferKind.Hls);

        Assert.Equal(Clips.Ts(100, 99), await File.ReadAllBytesAsync(_world.Target + ".ts"));
    }

    [Fact]
    public async Task Encrypted_segments_with_changing_keys_are_decrypted()
    {
        byte[][] keys = [Clips.Noise(16, 11), Clips.Noise(16, 12), Clips.Noise(16, 13)];
        var iv = Clips.Noise(16, 14);
        for (var i = 0; i < 3; i++)
        {
            _world.Origin.Serve($"/k{i}", keys[i]);
        }

        _world.Origin.Serve("/0.ts", HlsServer.Encrypt(Segments[0], keys[0], iv));
        _world.Origin.Serve("/1.ts", HlsServer.Encrypt(Segments[1], keys[1], HlsServer.SequenceIv(42)));
        _world.Origin.Serve("/2.ts", Segments[2]);
        _world.Origin.Serve("/3.ts", HlsServer.Encrypt(Segments[3], keys[2], HlsServer.SequenceIv(44)));
        _world.Origin.Serve("/4.ts", HlsServer.Encrypt(Segments[4], keys[2], HlsServer.SequenceIv(45)));
        ServePlaylist("/list", $"""
            #EXT-X-MEDIA-SEQUENCE:41
            #EXT-X-KEY:METHOD=AES-128,URI="k0",IV=0x{Convert.ToHexString(iv)}
            #EXTINF:2,
            0.ts
            #EXT-X-KEY:METHOD=AES-128,URI="k1"
            #EXTINF:2,
            1.ts
            #EXT-X-KEY:METHOD=NONE
            #EXTINF:2,
            2.ts
            #EXT-X-KEY:METHOD=AES-128,URI="k2"
            #EXTINF:2,
            3.ts
            #EXTINF:2,
            4.ts
            """);

        await _world.DownloadAsync("/list", TransferKind.Hls);

        Assert.Equal(Segments.Take(5).SelectMany(bytes => bytes), await File.ReadAllBytesAsync(_world.Target + ".ts"));
        Assert.Single(_world.Origin.RequestsTo("/k2"));
    }

    [Fact]
    public async Task A_key_that_is_no_key_is_a_bad_key()
    {
        _world.Origin.Serve("/key", "<html>log in</html>"u8.ToArray());
        _world.Origin.Serve("/0.ts", HlsServer.Encrypt(Segments[0], Clips.Noise(16, 1), HlsServer.SequenceIv(0)));
        ServePlaylist("/list", "#EXT-X-KEY:METHOD=AES-128,URI=\"key\"\n#EXTINF:2,\n0.ts");

        Assert.Equal(FaultCode.BadKey, (await _world.FaultAsync("/list", TransferKind.Hls)).Code);
    }

    [Fact]
    public async Task Byte_ranges_of_one_file_are_cut_right()
    {
        var all = Segments.SelectMany(bytes => bytes).ToArray();
        _world.Origin.Serve("/all.ts", all);
        ServePlaylist("/list", string.Concat(Segments.Select((bytes, i) =>
            $"#EXTINF:2,\n#EXT-X-BYTERANGE:{bytes.Length}{(i == 0 ? "@0" : "")}\nall.ts\n")));

        await _world.DownloadAsync("/list", TransferKind.Hls);

        Assert.Equal(all, await File.ReadAllBytesAsync(_world.Target + ".ts"));
    }

    [Fact]
    public async Task A_missing_segment_fails_the_stream_and_leaves_no_shorter_file()
    {
        ServeSegments();
        _world.Origin.On("/v/7.ts", exchange => exchange.SendAsync(404, "gone"));
        _world.Options = _world.Options with { Attempts = 3 };

        var fault = await _world.FaultAsync("/v/list.m3u8", TransferKind.Hls);

        Assert.Equal(FaultCode.SegmentMissing, fault.Code);
        Assert.StartsWith("segment_missing: 8 of 20", fault.Text, StringComparison.Ordinal);
        Assert.Equal(3, _world.Origin.RequestsTo("/v/7.ts").Count());
        Assert.False(File.Exists(_world.Target + ".ts"));
    }

    [Fact]
    public async Task A_page_in_place_of_a_segment_is_tried_again()
    {
        ServeSegments();
        var turn = 0;
        _world.Origin.On("/v/7.ts", exchange => turn++ == 0 ? exchange.SendAsync(200, "<html>busy</html>") : exchange.SendAsync(200, Segments[7]));

        await _world.DownloadAsync("/v/list.m3u8", TransferKind.Hls);

        Assert.Equal(Segments.SelectMany(bytes => bytes), await File.ReadAllBytesAsync(_world.Target + ".ts"));
    }

    [Fact]
    public async Task A_page_in_place_of_a_segment_for_good_is_not_media()
    {
        ServeSegments();
        _world.Origin.On("/v/7.ts", exchange => exchange.SendAsync(200, "<html>busy</html>"));

        Assert.Equal(FaultCode.NotMedia, (await _world.FaultAsync("/v/list.m3u8", TransferKind.Hls)).Code);
    }

    [Fact]
    public async Task A_cut_segment_is_fetched_again()
    {
        ServeSegments();
        var turn = 0;
        _world.Origin.On("/v/7.ts", async exchange =>
        {
            await exchange.HeadAsync(200, $"Content-Length: {Segments[7].Length}");
            await exchange.BodyAsync(turn++ == 0 ? Segments[7][..1000] : Segments[7]);
            exchange.Closed = true;
        });

        await _world.DownloadAsync("/v/list.m3u8", TransferKind.Hls);

        Assert.Equal(Segments.SelectMany(bytes => bytes), await File.ReadAllBytesAsync(_world.Target + ".ts"));
    }

    [Fact]
    public async Task A_segment_that_leads_into_a_private_network_is_refused()
    {
        ServePlaylist("/list", "#EXTINF:2,\nhttp://127.0.0.1:1/0.ts");

        Assert.Equal(FaultCode.BlockedAddress, (await _world.FaultAsync("/list", TransferKind.Hls)).Code);
    }

    [Fact]
    public async Task A_playlist_past_the_limit_is_too_large()
    {
        _world.Origin.On("/list", exchange => exchange.SendAsync(200, "#EXTM3U\n" + new string('#', 6 << 20)));

        Assert.Equal(FaultCode.PlaylistTooLarge, (await _world.FaultAsync("/list", TransferKind.Hls)).Code);
    }

    [Fact]
    public async Task The_referer_goes_to_the_playlists_origin_only()
    {
        await using var other = new Origin();
        _world.CurrentValue = _world.CurrentValue with
        {
            Network = new() { AllowPrivateHosts = [_world.Origin.Authority, other.Authority] },
        };
        other.Serve("/0.ts", Segments[0]);
        _world.Origin.Serve("/1.ts", Segments[1]);
        ServePlaylist("/list", $"#EXTINF:2,\n{other.Url("/0.ts")}\n#EXTINF:2,\n1.ts");
        var track = new MediaTrack(TrackKind.Video, TransferKind.Hls, _world.Origin.Url("/list"), new Uri("http://site.example/page"));

        await _world.Downloader.DownloadAsync(new([track]), _world.Target, _world.Options);

        Assert.All(_world.Origin.Requests, request => Assert.Equal("http://site.example/page", request.Header("Referer")));
        Assert.Null(other.Requests.Single().Header("Referer"));
    }

    [Fact]
    public async Task Sound_of_its_own_needs_ffmpeg_and_says_so_before_anything_is_fetched()
    {
        _world.Origin.On("/master", exchange => exchange.SendAsync(200, """
            #EXTM3U
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="x",DEFAULT=YES,URI="sound"
            #EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"
            picture
            """));
        ServePlaylist("/picture", "#EXTINF:2,\n0.ts");
        ServePlaylist("/sound", "#EXTINF:2,\n1.ts");

        Assert.Equal(FaultCode.ToolMissing, (await _world.FaultAsync("/master", TransferKind.Hls)).Code);
        Assert.Empty(_world.Origin.RequestsTo("/0.ts"));
    }

    private void ServeSegments() => _world.Origin.ServeStream("/v", Segments);

    private void ServePlaylist(string path, string lines) => _world.Origin.ServePlaylist(path, lines);
}
