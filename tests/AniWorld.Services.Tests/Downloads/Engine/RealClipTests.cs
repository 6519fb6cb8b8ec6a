using System.Diagnostics;
using AniWorld.Services.Faults;
using AniWorld.Services.Streaming;

namespace AniWorld.Services.Tests.Downloads.Engine;

/// <summary>Clips that ffmpeg made, checked and joined by the real tools. Skipped where these are not installed.</summary>
public sealed class RealClipTests : IAsyncLifetime
{
    private const string Ffmpeg = "/usr/bin/ffmpeg";
    private const string Ffprobe = "/usr/bin/ffprobe";
    private readonly EngineWorld _world = new();
    private readonly string _clips = Directory.CreateTempSubdirectory("aniworld-clips-").FullName;

    public ValueTask InitializeAsync()
    {
        _world.Options = _world.Options with { Ffmpeg = Ffmpeg, Ffprobe = Ffprobe };
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_clips, recursive: true);
        await _world.DisposeAsync();
    }

    [Theory]
    [InlineData("mp4", "-c:v mpeg4 -c:a aac")]
    [InlineData("mkv", "-c:v mpeg4 -c:a aac")]
    [InlineData("webm", "-c:v libvpx -deadline realtime -cpu-used 8 -c:a libopus")]
    [InlineData("ts", "-c:v mpeg2video -c:a mp2")]
    [InlineData("avi", "-c:v mpeg4 -c:a mp2")]
    public async Task A_real_clip_passes_both_checks_under_its_own_extension(string extension, string codecs)
    {
        RequireTools();
        Make($"-t 2 {codecs} clip.{extension}");
        _world.Origin.Serve("/download.php", Read($"clip.{extension}"));

        var media = await _world.DownloadAsync("/download.php");

        Assert.Equal($"{_world.Target}.{extension}", media.Path);
        Assert.InRange(media.Duration!.Value.TotalSeconds, 1.5, 2.5);
    }

    [Fact]
    public async Task A_stream_of_transport_segments_becomes_one_mp4()
    {
        RequireTools();
        Make("-t 6 -c:v mpeg2video -c:a aac -g 25 -f hls -hls_time 2 -hls_playlist_type vod list.m3u8");
        ServeAll();

        var media = await _world.DownloadAsync("/list.m3u8", TransferKind.Hls);

        Assert.Equal(_world.Target + ".mp4", media.Path);
        Assert.InRange(media.Duration!.Value.TotalSeconds, 5.5, 6.5);
        Assert.Single(_world.Files);
    }

    [Fact]
    public async Task A_stream_of_fragments_becomes_one_mp4_with_and_without_ffmpeg()
    {
        RequireTools();
        Make("-t 6 -c:v mpeg4 -c:a aac -g 25 -f hls -hls_time 2 -hls_playlist_type vod -hls_segment_type fmp4 list.m3u8");
        ServeAll();

        var joined = await _world.DownloadAsync("/list.m3u8", TransferKind.Hls);
        Assert.InRange(joined.Duration!.Value.TotalSeconds, 5.5, 6.5);
        File.Delete(joined.Path);
        _world.Options = _world.Options with { Ffmpeg = null };
        var plain = await _world.DownloadAsync("/list.m3u8", TransferKind.Hls);

        Assert.Equal(_world.Target + ".mp4", plain.Path);
        Assert.InRange(plain.Duration!.Value.TotalSeconds, 5.5, 6.5);
    }

    [Theory]
    [InlineData("-c:v mpeg2video -c:a aac", "")]
    [InlineData("-c:v mpeg4 -c:a aac", "-hls_segment_type fmp4 -hls_fmp4_init_filename {0}init.mp4")]
    public async Task Parts_whose_clock_begins_anew_play_one_after_the_other(string codecs, string kind)
    {
        RequireTools();
        foreach (var part in new[] { "a", "b" })
        {
            Make($"-t 4 {codecs} -g 25 -f hls -hls_time 2 -hls_playlist_type vod {string.Format(null, kind, part)} {part}.m3u8");
        }

        var lines = new[] { "a", "b" }.Select(part => File.ReadAllLines(Path.Combine(_clips, part + ".m3u8"))
            .Where(line => line.StartsWith("#EXTINF", StringComparison.Ordinal) || line.StartsWith("#EXT-X-MAP", StringComparison.Ordinal) || !line.StartsWith('#')));
        await File.WriteAllTextAsync(
            Path.Combine(_clips, "both.m3u8"), "#EXTM3U\n" + string.Join("\n#EXT-X-DISCONTINUITY\n", lines.Select(part => string.Join('\n', part))) + "\n#EXT-X-ENDLIST\n");
        ServeAll();

        var media = await _world.DownloadAsync("/both.m3u8", TransferKind.Hls);

        Assert.InRange(media.Duration!.Value.TotalSeconds, 7.5, 8.5);
    }

    [Fact]
    public async Task Picture_and_sound_that_come_apart_are_joined()
    {
        RequireTools();
        Make("-t 4 -an -c:v mpeg2video -g 25 -f hls -hls_time 2 -hls_playlist_type vod v.m3u8");
        Make("-t 4 -vn -c:a aac -f hls -hls_time 2 -hls_playlist_type vod a.m3u8");
        await File.WriteAllTextAsync(Path.Combine(_clips, "master.m3u8"), """
            #EXTM3U
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="x",DEFAULT=YES,URI="a.m3u8"
            #EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"
            v.m3u8
            """);
        ServeAll();

        var media = await _world.DownloadAsync("/master.m3u8", TransferKind.Hls);

        Assert.Equal("audio,video", string.Join(',', Streams(media.Path).Order()));
        Assert.Single(_world.Files);
    }

    [Fact]
    public async Task Sound_of_the_wanted_language_is_fetched_and_no_other()
    {
        RequireTools();
        Make("-t 4 -an -c:v mpeg2video -g 25 -f hls -hls_time 2 -hls_playlist_type vod v.m3u8");
        Make("-t 4 -vn -c:a aac -f hls -hls_time 2 -hls_playlist_type vod de.m3u8");
        Make("-t 4 -vn -c:a aac -f hls -hls_time 2 -hls_playlist_type vod ja.m3u8");
        ServeAll();
        _world.Origin.On("/master.m3u8", exchange => exchange.SendAsync(200, """
            #EXTM3U
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Deutsch",LANGUAGE="de",DEFAULT=YES,URI="de.m3u8"
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Nihongo",LANGUAGE="jpn",URI="ja.m3u8"
            #EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"
            v.m3u8
            """));
        _world.Options = _world.Options with { Language = Data.Library.Language.EnSub };

        var media = await _world.DownloadAsync("/master.m3u8", TransferKind.Hls);

        Assert.Equal("audio,video", string.Join(',', Streams(media.Path).Order()));
        Assert.NotEmpty(_world.Origin.RequestsTo("/ja0.ts"));
        Assert.Empty(_world.Origin.RequestsTo("/de.m3u8"));
    }

    [Fact]
    public async Task The_mp4_is_made_while_the_stream_arrives()
    {
        RequireTools();
        ServeLong();
        var remux = new FileInfo(_world.Target + ".remux.part");
        _world.Origin.On("/list9.ts", async exchange =>
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (!IsGrowing() && !patience.IsCancellationRequested)
            {
                await Task.Delay(5, exchange.Stopped);
            }

            await exchange.SendAsync(IsGrowing() ? 200 : 500, Read("list9.ts"));
        });

        var media = await _world.DownloadAsync("/list.m3u8", TransferKind.Hls);

        Assert.InRange(media.Duration!.Value.TotalSeconds, 19.5, 20.5);
        Assert.Single(_world.Files);

        bool IsGrowing()
        {
            remux.Refresh();
            return remux is { Exists: true, Length: > 0 };
        }
    }

    [Theory]
    [InlineData("mpeg2video", "mpegts")]
    [InlineData("mpeg4", "fmp4")]
    public async Task Nothing_is_left_to_join_after_the_last_byte(string codec, string kind)
    {
        RequireTools();
        Make($"-t 20 -c:v {codec} -c:a aac -g 25 -f hls -hls_time 2 -hls_playlist_type vod -hls_segment_type {kind} list.m3u8");
        ServeAll();
        _world.Options = _world.Options with { Ffmpeg = Script($"case \"$*\" in *pipe:0*) exec {Ffmpeg} \"$@\";; esac; exit 1") };

        var media = await _world.DownloadAsync("/list.m3u8", TransferKind.Hls);

        Assert.Equal(_world.Target + ".mp4", media.Path);
        Assert.InRange(media.Duration!.Value.TotalSeconds, 19.5, 20.5);
    }

    [Fact]
    public async Task After_a_break_the_mp4_is_made_anew_from_the_beginning()
    {
        RequireTools();
        ServeLong();
        await _world.CancelAtAsync("/list.m3u8", 0.6);
        Assert.DoesNotContain(_world.Files, file => file.EndsWith(".remux.part", StringComparison.Ordinal));
        // As a killed run leaves it.
        await File.WriteAllTextAsync(_world.Target + ".remux.part", "half an mp4");

        var media = await _world.DownloadAsync("/list.m3u8", TransferKind.Hls);

        Assert.InRange(media.Duration!.Value.TotalSeconds, 19.5, 20.5);
        Assert.Single(_world.Files);
        Assert.Single(_world.Origin.RequestsTo("/list2.ts"));
    }

    [Fact]
    public async Task A_tool_that_cannot_follow_the_arriving_stream_joins_it_when_it_is_there()
    {
        RequireTools();
        ServeLong();
        _world.Options = _world.Options with { Ffmpeg = Script($"case \"$*\" in *pipe:0*) echo no pipes >&2; exit 1;; esac; exec {Ffmpeg} \"$@\"") };

        var media = await _world.DownloadAsync("/list.m3u8", TransferKind.Hls);

        Assert.InRange(media.Duration!.Value.TotalSeconds, 19.5, 20.5);
        Assert.Single(_world.Files);
    }

    [Fact]
    public async Task A_tool_that_fails_says_why_and_another_try_fetches_nothing_again()
    {
        RequireTools();
        ServeLong();
        _world.Options = _world.Options with { Ffmpeg = Script("echo first line >&2; echo out of luck >&2; exit 3") };

        var fault = await _world.FaultAsync("/list.m3u8", TransferKind.Hls);

        Assert.Equal(FaultCode.ToolFailed, fault.Code);
        Assert.Contains("(out of luck)", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["", ".json"], _world.Files.Select(file => file[(file.IndexOf(".part", StringComparison.Ordinal) + 5)..]));
        _world.Options = _world.Options with { Ffmpeg = Ffmpeg };
        var before = _world.Origin.Requests.Count;
        await _world.DownloadAsync("/list.m3u8", TransferKind.Hls);
        Assert.Equal(["/list.m3u8", "/list9.ts"], _world.Origin.Requests.Skip(before).Select(request => request.Path));
    }

    [Fact]
    public async Task A_stream_of_sound_alone_is_no_video_and_not_the_tools_failure()
    {
        RequireTools();
        Make("-t 4 -vn -c:a aac -f hls -hls_time 2 -hls_playlist_type vod list.m3u8");
        ServeAll();

        Assert.Equal(FaultCode.NotMedia, (await _world.FaultAsync("/list.m3u8", TransferKind.Hls)).Code);
        Assert.Empty(_world.Files);
    }

    [Fact]
    public async Task A_tool_that_cannot_be_started_is_missing_and_the_parts_are_kept()
    {
        RequireTools();
        ServeLong();
        _world.Options = _world.Options with { Ffmpeg = Path.Combine(_clips, "no-such-tool") };

        Assert.Equal(FaultCode.ToolMissing, (await _world.FaultAsync("/list.m3u8", TransferKind.Hls)).Code);
        Assert.True(File.Exists(_world.Part));
    }

    [Fact]
    public async Task A_playlist_that_promises_more_than_there_is_ends_in_quarantine()
    {
        RequireTools();
        Make("-t 2 -c:v mpeg2video -c:a aac -f hls -hls_time 2 -hls_playlist_type vod list.m3u8");
        ServeAll();
        _world.Origin.On("/lie.m3u8", exchange => exchange.SendAsync(200, "#EXTM3U\n#EXTINF:60.5,\nlist0.ts\n#EXT-X-ENDLIST\n"));

        Assert.Equal(FaultCode.Truncated, (await _world.FaultAsync("/lie.m3u8", TransferKind.Hls)).Code);
        Assert.Empty(_world.Files);
        Assert.Equal(2, Directory.GetFiles(_world.QuarantineFolder).Length);
    }

    [Fact]
    public async Task A_tool_that_fails_is_quoted_and_the_parts_are_kept()
    {
        RequireTools();
        _world.Origin.Serve("/0.ts", Clips.Ts(300));
        _world.Origin.On("/list", exchange => exchange.SendAsync(200, "#EXTM3U\n#EXTINF:2.5,\n0.ts\n#EXT-X-ENDLIST\n"));

        Assert.Equal(FaultCode.ToolFailed, (await _world.FaultAsync("/list", TransferKind.Hls)).Code);
        Assert.True(File.Exists(_world.Part));
    }

    /// <summary>Ten segments of 2 s.</summary>
    private void ServeLong()
    {
        Make("-t 20 -c:v mpeg2video -c:a aac -g 25 -f hls -hls_time 2 -hls_playlist_type vod -hls_list_size 0 list.m3u8");
        ServeAll();
    }

    private string Script(string command)
    {
        var path = Path.Combine(_clips, "tool.sh");
        File.WriteAllText(path, $"#!/bin/sh\n{command}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    private static void RequireTools()
    {
        if (!File.Exists(Ffmpeg) || !File.Exists(Ffprobe))
        {
            Assert.Skip("ffmpeg and ffprobe are not installed.");
        }
    }

    private void Make(string arguments)
    {
        var all = $"-nostdin -v error -f lavfi -i testsrc2=size=160x120:rate=25 -f lavfi -i sine {arguments}";
        using var process = Process.Start(new ProcessStartInfo(Ffmpeg, all) { WorkingDirectory = _clips })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private byte[] Read(string name) => File.ReadAllBytes(Path.Combine(_clips, name));

    private void ServeAll()
    {
        foreach (var path in Directory.GetFiles(_clips))
        {
            _world.Origin.Serve("/" + Path.GetFileName(path), File.ReadAllBytes(path));
        }
    }

    private static string[] Streams(string path)
    {
        using var process = Process.Start(new ProcessStartInfo(Ffprobe, ["-v", "error", "-show_entries", "stream=codec_type", "-of", "csv=p=0", path])
        {
            RedirectStandardOutput = true,
        })!;
        return process.StandardOutput.ReadToEnd().Split(['\n', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
