using AniWorld.Data.Library;
using AniWorld.Services.Faults;
using AniWorld.Services.Streaming;

namespace AniWorld.Services.Tests.Downloads.Engine.Hls;

/// <summary>What of a stream is fetched, and what comes of its parts.</summary>
public sealed class HlsTrackTests : IAsyncLifetime
{
    private static readonly byte[] Clip = Clips.Ts(300);
    private readonly EngineWorld _world = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Fragments_follow_their_initialisation()
    {
        byte[] all = [.. Clips.Noise(10, 1), .. Clips.Initialisation(), .. Clips.Fragment(4000, 1), .. Clips.Fragment(300_000, 2)];
        var size = Clips.Initialisation().Length;
        _world.Origin.Serve("/all.mp4", all);
        _world.Origin.ServePlaylist("/list", $"""
            #EXT-X-MAP:URI="all.mp4",BYTERANGE="{size}@10"
            #EXTINF:2.5,
            #EXT-X-BYTERANGE:4000@{10 + size}
            all.mp4
            #EXTINF:2.5,
            #EXT-X-BYTERANGE:300000
            all.mp4
            """);

        var media = await _world.DownloadAsync("/list", TransferKind.Hls);

        Assert.Equal(_world.Target + ".mp4", media.Path);
        Assert.Equal(all[10..], await File.ReadAllBytesAsync(media.Path));
    }

    [Fact]
    public async Task An_encrypted_initialisation_and_large_encrypted_segments_are_decrypted()
    {
        var (key, iv) = (Clips.Noise(16, 3), Clips.Noise(16, 4));
        // Longer than the blocks they are read in, and one that fills them exactly.
        byte[][] fragments = [Clips.Fragment(300_000, 5), Clips.Fragment(256 << 10, 6), Clips.Fragment((256 << 10) - 16, 7)];
        _world.Origin.Serve("/k", key);
        _world.Origin.Serve("/init", HlsServer.Encrypt(Clips.Initialisation(), key, iv));
        for (var i = 0; i < fragments.Length; i++)
        {
            _world.Origin.Serve($"/{i}", HlsServer.Encrypt(fragments[i], key, iv));
        }

        _world.Origin.ServePlaylist("/list", $"""
            #EXT-X-KEY:METHOD=AES-128,URI="k",IV=0x{Convert.ToHexString(iv)}
            #EXT-X-MAP:URI="init"
            #EXTINF:2.5,
            0
            #EXTINF:2.5,
            1
            #EXTINF:2.5,
            2
            """);

        var media = await _world.DownloadAsync("/list", TransferKind.Hls);

        Assert.Equal(Clips.Initialisation().Concat(fragments.SelectMany(bytes => bytes)), await File.ReadAllBytesAsync(media.Path));
        Assert.Single(_world.Origin.RequestsTo("/k"));
        Assert.Single(_world.Origin.RequestsTo("/init"));
    }

    [Fact]
    public async Task Another_initialisation_midway_needs_ffmpeg_and_says_so_before_the_first_segment()
    {
        _world.Origin.Serve("/a", Clips.Initialisation(1));
        _world.Origin.Serve("/b", Clips.Initialisation(2));
        _world.Origin.ServePlaylist("/list", """
            #EXT-X-MAP:URI="a"
            #EXTINF:2,
            0
            #EXT-X-MAP:URI="b"
            #EXTINF:2,
            1
            """);

        Assert.Equal(FaultCode.ToolMissing, (await _world.FaultAsync("/list", TransferKind.Hls)).Code);
        Assert.Single(_world.Origin.Requests);
    }

    [Fact]
    public async Task The_best_picture_within_the_limit_is_fetched_and_no_other()
    {
        _world.Options = _world.Options with { MaxHeight = 720 };
        _world.Origin.ServeStream("/720", [Clip]);
        _world.Origin.ServeMaster("/master", """
            #EXT-X-STREAM-INF:BANDWIDTH=9000000,RESOLUTION=1920x1080
            1080/list.m3u8
            #EXT-X-STREAM-INF:BANDWIDTH=4000000,RESOLUTION=1280x720,CODECS="dvh1.05.03,ec-3"
            vision/list.m3u8
            #EXT-X-STREAM-INF:BANDWIDTH=3000000,RESOLUTION=1280x720,CODECS="avc1.64001f,mp4a.40.2"
            720/list.m3u8
            #EXT-X-STREAM-INF:BANDWIDTH=1000000,RESOLUTION=640x360
            360/list.m3u8
            """);

        await _world.DownloadAsync("/master", TransferKind.Hls);

        Assert.Equal(["/master", "/720/list.m3u8", "/720/0.ts"], _world.Origin.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task A_stream_that_names_sound_and_has_none_goes_to_quarantine()
    {
        _world.Origin.ServeStream("/v", [Clips.Ts(300, 1, 0x1B)]);
        _world.Origin.ServeMaster("/master", "#EXT-X-STREAM-INF:BANDWIDTH=1,CODECS=\"avc1.4d401e,mp4a.40.2\"\nv/list.m3u8");

        var fault = await _world.FaultAsync("/master", TransferKind.Hls);

        Assert.Equal(FaultCode.NotMedia, fault.Code);
        Assert.Contains("no sound", fault.Message, StringComparison.Ordinal);
        Assert.Empty(_world.Files);
        Assert.Equal(fault.Text + "\n", await File.ReadAllTextAsync(Directory.GetFiles(_world.QuarantineFolder, "*.reason.txt").Single()));
    }

    [Fact]
    public async Task A_stream_of_sound_alone_is_no_video()
    {
        _world.Origin.ServeStream("/v", [Clips.Ts(300, 1, 0x0F)]);

        Assert.Equal(FaultCode.NotMedia, (await _world.FaultAsync("/v/list.m3u8", TransferKind.Hls)).Code);
        Assert.Empty(_world.Files);
    }

    [Theory]
    [InlineData("de-sub", ".de.vtt")]
    [InlineData("de-dub", ".de.forced.vtt")]
    [InlineData("ja", "")]
    [InlineData("unknown", ".de.forced.vtt .de.vtt .en-GB.vtt .und.vtt")]
    public async Task Subtitles_of_the_wanted_language_lie_beside_the_video(string language, string suffixes)
    {
        _world.Options = _world.Options with { Language = Language.Parse(language) };
        ServeSubtitled();

        await _world.DownloadAsync("/master", TransferKind.Hls);

        var name = Path.GetFileName(_world.Target);
        Assert.Equal(
            suffixes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append(".ts").Select(suffix => name + suffix).Order(), _world.Files);
        Assert.All(Directory.GetFiles(_world.Folder, "*.vtt"), path => Assert.Equal(
            "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nGuten Tag\n\n00:00:03.000 --> 00:00:04.500\nGute Nacht\n", File.ReadAllText(path)));
    }

    [Fact]
    public async Task Subtitles_that_the_user_has_there_stay()
    {
        _world.Options = _world.Options with { Language = Language.DeSub };
        await File.WriteAllTextAsync(_world.Target + ".de.vtt", "mine");
        ServeSubtitled();

        await _world.DownloadAsync("/master", TransferKind.Hls);

        Assert.Equal("mine", await File.ReadAllTextAsync(_world.Target + ".de.vtt"));
    }

    [Fact]
    public async Task Without_the_subtitles_that_are_read_the_stream_is_of_no_use()
    {
        _world.Options = _world.Options with { Language = Language.DeSub, Attempts = 2 };
        ServeSubtitled();
        _world.Origin.On("/de-1", exchange => exchange.SendAsync(404, ""));

        Assert.Equal("segment_missing: 2 of 2", (await _world.FaultAsync("/master", TransferKind.Hls)).Text[..23]);
        Assert.Empty(_world.Origin.RequestsTo("/v/0.ts"));
    }

    [Fact]
    public async Task Subtitles_that_nobody_asked_for_and_that_cannot_be_had_are_left_out()
    {
        _world.Options = _world.Options with { Attempts = 1 };
        ServeSubtitled();
        _world.Origin.On("/de-1", exchange => exchange.SendAsync(200, "<html>no</html>"));

        await _world.DownloadAsync("/master", TransferKind.Hls);

        Assert.Equal([Path.GetFileName(_world.Target) + ".ts"], _world.Files);
    }

    private void ServeSubtitled()
    {
        _world.Origin.ServeStream("/v", [Clip]);
        _world.Origin.On("/de-0", exchange => exchange.SendAsync(200, "WEBVTT\n\n00:01.000 --> 00:02.000\nGuten Tag\n"));
        _world.Origin.On("/de-1", exchange => exchange.SendAsync(200, "WEBVTT\n\n00:03.000 --> 00:04.500\nGute Nacht\n"));
        _world.Origin.ServePlaylist("/de", "#EXTINF:2,\nde-0\n#EXTINF:2,\nde-1");
        _world.Origin.ServeMaster("/master", """
            #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="Deutsch",LANGUAGE="ger",URI="de"
            #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="Schilder",LANGUAGE="de",FORCED=YES,URI="de"
            #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="English",LANGUAGE="en-GB",URI="de"
            #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="?",LANGUAGE="../../x",URI="de"
            #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="other",NAME="?",LANGUAGE="fr",URI="fr"
            #EXT-X-STREAM-INF:BANDWIDTH=1,SUBTITLES="s"
            v/list.m3u8
            """);
    }
}
