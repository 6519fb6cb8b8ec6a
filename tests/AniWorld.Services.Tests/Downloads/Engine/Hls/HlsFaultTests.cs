using System.IO.Compression;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Faults;
using AniWorld.Services.Streaming;

namespace AniWorld.Services.Tests.Downloads.Engine.Hls;

/// <summary>Servers that serve streams badly.</summary>
public sealed class HlsFaultTests : IAsyncLifetime
{
    private const int Count = 12;
    private static readonly byte[][] Segments = [.. Enumerable.Range(0, Count).Select(number => Clips.Ts(200 + number, number))];
    private static readonly byte[] Whole = [.. Segments.SelectMany(bytes => bytes)];
    private readonly EngineWorld _world = new();

    public ValueTask InitializeAsync()
    {
        _world.Origin.ServeStream("/v", Segments);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData("#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"k\"\n#EXTINF:2,\n0.ts", FaultCode.UnsupportedEncryption)]
    [InlineData("#EXTINF:2,\n0.ts\n#EXT-X-KEY:METHOD=AES-128,KEYFORMAT=\"com.widevine\",URI=\"k\"\n#EXTINF:2,\n1.ts", FaultCode.UnsupportedEncryption)]
    [InlineData("#EXTINF:2,\n0.ts\n#EXTINF:2,\nfile:///etc/passwd", FaultCode.BlockedScheme)]
    [InlineData("#EXTINF:2,\n0.ts\n#EXTINF:2,\ndata:video/mp2t;base64,R0A=", FaultCode.BlockedScheme)]
    [InlineData("#EXT-X-KEY:METHOD=AES-128,URI=\"ftp://x/k\"\n#EXTINF:2,\n0.ts", FaultCode.BlockedScheme)]
    [InlineData("#EXTINF:2,\n0.ts\n#EXT-X-MAP:URI=\"file:///x\"\n#EXTINF:2,\n1.ts", FaultCode.BlockedScheme)]
    [InlineData("#EXTINF:2,\n0.ts\n#EXT-X-GAP\n#EXTINF:2,\n1.ts", FaultCode.SegmentMissing)]
    public async Task What_cannot_or_must_not_be_had_is_refused_before_the_first_segment(string lines, string code)
    {
        _world.Origin.ServePlaylist("/v/list.m3u8", lines);

        Assert.Equal(code, (await FaultAsync()).Code);
        Assert.Empty(_world.Origin.RequestsTo("/v/0.ts"));
        Assert.Empty(_world.Files);
    }

    [Theory]
    [InlineData("#EXTM3U\n#EXTINF:2,\n0.ts\n", FaultCode.LiveStream)]
    [InlineData("<html>not here</html>", FaultCode.PlaylistInvalid)]
    public async Task What_is_no_finished_playlist_is_named(string text, string code)
    {
        _world.Origin.On("/v/list.m3u8", exchange => exchange.SendAsync(200, text));

        Assert.Equal(code, (await FaultAsync()).Code);
        Assert.Empty(_world.Origin.RequestsTo("/v/0.ts"));
    }

    [Fact]
    public async Task Too_many_segments_are_a_playlist_too_large()
    {
        _world.Origin.ServePlaylist("/v/list.m3u8", string.Concat(Enumerable.Repeat("#EXTINF:2,\n0.ts\n", 20_001)));

        Assert.Equal(FaultCode.PlaylistTooLarge, (await FaultAsync()).Code);
    }

    [Fact]
    public async Task A_master_playlist_that_leads_to_another_one_is_invalid()
    {
        _world.Origin.ServeMaster("/v/list.m3u8", "#EXT-X-STREAM-INF:BANDWIDTH=1\nlist.m3u8");

        Assert.Equal(FaultCode.PlaylistInvalid, (await FaultAsync()).Code);
    }

    [Fact]
    public async Task A_playlist_that_unpacks_to_a_gigabyte_is_too_large_before_it_fills_the_memory()
    {
        var bomb = new MemoryStream();
        await using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 1024; i++)
            {
                gzip.Write(zeros);
            }
        }

        _world.Origin.On("/v/list.m3u8", exchange => exchange.SendAsync(200, bomb.ToArray(), "Content-Encoding: gzip"));
        var before = GC.GetTotalAllocatedBytes(precise: true);

        Assert.Equal(FaultCode.PlaylistTooLarge, (await FaultAsync()).Code);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 64L << 20);
    }

    [Fact]
    public async Task A_compressed_playlist_that_is_cut_is_truncated()
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Clips.Noise(5000, 1));
        }

        _world.Options = _world.Options with { Attempts = 2 };
        _world.Origin.On("/v/list.m3u8", exchange => exchange.SendAsync(200, packed.ToArray()[..2000], "Content-Encoding: gzip"));

        Assert.Equal(FaultCode.Truncated, (await FaultAsync()).Code);
        Assert.Equal(2, _world.Origin.Requests.Count);
    }

    [Fact]
    public async Task A_segment_that_is_missing_for_a_while_is_waited_for()
    {
        var turn = 0;
        _world.Origin.On("/v/7.ts", exchange => turn++ < 2 ? exchange.SendAsync(404, "not yet") : exchange.SendAsync(200, Segments[7]));

        await DownloadAsync();

        Assert.Equal(Whole, await File.ReadAllBytesAsync(_world.Target + ".ts"));
    }

    [Fact]
    public async Task After_a_missing_segment_what_came_before_is_kept_and_another_hosters_stream_starts_anew()
    {
        _world.Options = _world.Options with { Attempts = 1 };
        _world.Origin.On("/v/7.ts", exchange => exchange.SendAsync(410, "gone"));
        byte[][] others = [.. Enumerable.Range(0, Count).Select(number => Clips.Ts(250, 100 + number))];
        _world.Origin.ServeStream("/w", others);

        var fault = await FaultAsync();
        Assert.Equal("segment_missing: 8 of 12", fault.Text[..24]);
        Assert.True(File.Exists(_world.Part));
        await _world.DownloadAsync("/w/list.m3u8", TransferKind.Hls);

        Assert.Equal(others.SelectMany(bytes => bytes), await File.ReadAllBytesAsync(_world.Target + ".ts"));
    }

    [Fact]
    public async Task A_segment_cut_without_a_word_about_its_length_is_fetched_again()
    {
        var turn = 0;
        _world.Origin.On("/v/7.ts", async exchange =>
        {
            await exchange.HeadAsync(200, "Connection: close");
            await exchange.BodyAsync(turn++ == 0 ? Segments[7][..1000] : Segments[7]);
            exchange.Closed = true;
        });

        await DownloadAsync();

        Assert.Equal(Whole, await File.ReadAllBytesAsync(_world.Target + ".ts"));
        Assert.Equal(2, turn);
    }

    [Fact]
    public async Task A_server_that_fails_now_and_then_costs_attempts_and_no_bytes()
    {
        var random = new Random(3);
        for (var i = 0; i < Count; i++)
        {
            var segment = Segments[i];
            var failures = random.Next(3);
            _world.Origin.On($"/v/{i}.ts", async exchange =>
            {
                if (Interlocked.Decrement(ref failures) < 0)
                {
                    await exchange.SendAsync(200, segment);
                }
                else if (failures == 0)
                {
                    await exchange.SendAsync(503, "busy");
                }
                else
                {
                    await exchange.HeadAsync(200, $"Content-Length: {segment.Length}");
                    await exchange.BodyAsync(segment[..(segment.Length / 2)]);
                    exchange.Closed = true;
                }
            });
        }

        await DownloadAsync();

        Assert.Equal(Whole, await File.ReadAllBytesAsync(_world.Target + ".ts"));
    }

    [Fact]
    public async Task A_server_that_asks_for_a_break_is_left_alone_until_then()
    {
        _world.Origin.On("/v/7.ts", exchange => exchange.SendAsync(429, "slow down", "Retry-After: 7"));

        var fault = await FaultAsync();

        Assert.Equal(FaultCode.RateLimited, fault.Code);
        Assert.Equal(TimeSpan.FromSeconds(7), fault.RetryAfter);
        Assert.Single(_world.Origin.RequestsTo("/v/7.ts"));
        Assert.True(File.Exists(_world.Journal));
    }

    [Fact]
    public async Task A_segment_that_stops_coming_is_stalled()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var world = new EngineWorld(time);
        world.Options = world.Options with { Attempts = 1 };
        world.Origin.ServeStream("/v", Segments);
        world.Origin.On("/v/7.ts", async exchange =>
        {
            await exchange.HeadAsync(200, $"Content-Length: {Segments[7].Length}");
            await exchange.BodyAsync(Segments[7][..1000]);
            await exchange.SilenceAsync();
        });

        var download = world.FaultAsync("/v/list.m3u8", TransferKind.Hls);
        while (!download.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(download, Task.Delay(2));
        }

        Assert.Equal(FaultCode.Stalled, (await download).Code);
    }

    [Fact]
    public async Task A_range_that_is_answered_with_the_whole_file_is_a_protocol_error()
    {
        _world.Origin.On("/v/all.ts", exchange => exchange.SendAsync(200, Whole));
        _world.Origin.ServePlaylist("/v/list.m3u8", $"#EXTINF:2,\n#EXT-X-BYTERANGE:{Segments[0].Length}@0\nall.ts");

        Assert.Equal(FaultCode.ProtocolError, (await FaultAsync()).Code);
    }

    [Fact]
    public async Task A_page_in_place_of_an_encrypted_segment_is_not_media()
    {
        _world.Origin.Serve("/v/k", Clips.Noise(16, 1));
        _world.Origin.Serve("/v/0.ts", [.. "<html>log in, please</html>"u8, .. new byte[5]]);
        _world.Origin.ServePlaylist("/v/list.m3u8", "#EXT-X-KEY:METHOD=AES-128,URI=\"k\"\n#EXTINF:2,\n0.ts");

        Assert.Equal(FaultCode.NotMedia, (await FaultAsync()).Code);
    }

    [Fact]
    public async Task A_key_of_another_stream_is_a_bad_key()
    {
        _world.Origin.Serve("/v/k", Clips.Noise(16, 1));
        _world.Origin.Serve("/v/0.ts", HlsServer.Encrypt(Segments[0], Clips.Noise(16, 2), HlsServer.SequenceIv(0)));
        _world.Origin.ServePlaylist("/v/list.m3u8", "#EXT-X-KEY:METHOD=AES-128,URI=\"k\"\n#EXTINF:2,\n0.ts");

        Assert.Equal(FaultCode.BadKey, (await FaultAsync()).Code);
    }

    [Fact]
    public async Task An_encrypted_segment_that_is_cut_is_fetched_again()
    {
        var key = Clips.Noise(16, 1);
        var sent = HlsServer.Encrypt(Segments[0], key, HlsServer.SequenceIv(0));
        var turn = 0;
        _world.Origin.Serve("/v/k", key);
        _world.Origin.On("/v/0.ts", async exchange =>
        {
            await exchange.HeadAsync(200, "Connection: close");
            await exchange.BodyAsync(turn++ == 0 ? sent[..1001] : sent);
            exchange.Closed = true;
        });
        _world.Origin.ServePlaylist("/v/list.m3u8", "#EXT-X-KEY:METHOD=AES-128,URI=\"k\"\n#EXTINF:2,\n0.ts");

        await DownloadAsync();

        Assert.Equal(Segments[0], await File.ReadAllBytesAsync(_world.Target + ".ts"));
    }

    [Fact]
    public async Task A_stream_past_the_limit_for_one_file_is_too_large()
    {
        _world.Options = _world.Options with { MaxFileSize = Whole.Length - 1 };

        Assert.Equal(FaultCode.TooLarge, (await FaultAsync()).Code);
        Assert.False(File.Exists(_world.Target + ".ts"));
    }

    [Fact]
    public async Task A_full_disk_stops_the_stream_and_keeps_what_there_is()
    {
        await _world.CancelAtAsync("/v/list.m3u8", 0.5);
        var length = new FileInfo(_world.Part).Length;
        _world.Options = _world.Options with { FreeSpaceReserve = long.MaxValue / 4 };

        Assert.Equal(FaultCode.DiskFull, (await FaultAsync()).Code);

        Assert.Equal(length, new FileInfo(_world.Part).Length);
        _world.Options = _world.Options with { FreeSpaceReserve = 0 };
        await DownloadAsync();
        Assert.Equal(Whole, await File.ReadAllBytesAsync(_world.Target + ".ts"));
    }

    [Fact]
    public async Task Other_content_under_the_same_addresses_is_never_spliced_onto_what_is_there()
    {
        await _world.CancelAtAsync("/v/list.m3u8", 0.5);
        byte[][] others = [.. Enumerable.Range(0, Count).Select(number => Clips.Ts(200 + number, 50 + number))];
        _world.Origin.ServeStream("/v", others);

        await DownloadAsync();

        Assert.Equal(others.SelectMany(bytes => bytes), await File.ReadAllBytesAsync(_world.Target + ".ts"));
    }

    [Fact]
    public async Task Addresses_that_are_signed_anew_go_on_with_what_is_there()
    {
        await _world.CancelAtAsync("/v/list.m3u8", 0.5);
        var before = _world.Origin.Requests.Count;
        _world.Origin.ServeStream("/signed-anew", Segments);

        await _world.DownloadAsync("/signed-anew/list.m3u8", TransferKind.Hls);

        Assert.Equal(Whole, await File.ReadAllBytesAsync(_world.Target + ".ts"));
        Assert.InRange(_world.Origin.Requests.Count - before, 3, 2 + (Count / 2));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"version\":1,\"kind\":\"hls\",\"fing")]
    [InlineData("{\"version\":99,\"kind\":\"hls\"}")]
    [InlineData("{\"version\":1,\"kind\":\"file\"}")]
    public async Task A_journal_that_cannot_be_used_is_set_aside_and_the_stream_starts_anew(string journal)
    {
        await _world.CancelAtAsync("/v/list.m3u8", 0.5);
        await File.WriteAllTextAsync(_world.Journal, journal);

        await DownloadAsync();

        Assert.Equal(Whole, await File.ReadAllBytesAsync(_world.Target + ".ts"));
    }

    [Fact]
    public async Task Progress_never_goes_back_and_is_complete_at_the_end_only()
    {
        var turn = 0;
        _world.Origin.On("/v/7.ts", exchange => turn++ < 2 ? exchange.SendAsync(500, "") : exchange.SendAsync(200, Segments[7]));
        await _world.CancelAtAsync("/v/list.m3u8", 0.3);

        await DownloadAsync();

        var fractions = _world.Progress.All.Where(progress => progress.Fraction is not null).Select(progress => progress.Fraction!.Value).ToList();
        Assert.All(fractions.SkipLast(1), fraction => Assert.True(fraction < 1));
        Assert.Equal(1, fractions[^1]);
    }

    [Fact]
    public async Task No_more_connections_are_open_than_a_host_may_have()
    {
        var (open, most) = (0, 0);
        _world.Limits.ConnectionsPerHost = 2;
        for (var i = 0; i < Count; i++)
        {
            var segment = Segments[i];
            _world.Origin.On($"/v/{i}.ts", async exchange =>
            {
                var now = Interlocked.Increment(ref open);
                most = Math.Max(most, now);
                await Task.Yield();
                Interlocked.Decrement(ref open);
                await exchange.SendAsync(200, segment);
            });
        }

        await DownloadAsync();

        Assert.InRange(most, 1, 2);
    }

    private Task<DownloadedMedia> DownloadAsync() => _world.DownloadAsync("/v/list.m3u8", TransferKind.Hls);

    private Task<FaultException> FaultAsync() => _world.FaultAsync("/v/list.m3u8", TransferKind.Hls);
}
