using System.Text.Json;
using AniWorld.Services.Catalogue.YtDlp;
using AniWorld.Services.Faults;
using AniWorld.Services.Streaming;

namespace AniWorld.Services.Tests.Catalogue.YtDlp;

public sealed class YtDlpStreamTests
{
    [Fact]
    public void Picture_and_sound_that_come_apart_are_two_tracks()
    {
        var stream = Read("""
            {"requested_formats": [
              {"protocol": "https", "url": "https://cdn.example/sound.m4a", "vcodec": "none"},
              {"protocol": "https", "url": "https://cdn.example/picture.mp4", "vcodec": "avc1", "acodec": "none"}]}
            """);

        Assert.Equal([(TrackKind.Video, "/picture.mp4"), (TrackKind.Audio, "/sound.m4a")], stream.Tracks.Select(track => (track.Kind, track.Url.AbsolutePath)));
    }

    [Theory]
    [InlineData("m3u8_native", TransferKind.Hls)]
    [InlineData("http", TransferKind.File)]
    public void One_that_holds_both_is_one_track(string protocol, TransferKind transfer) => Assert.Equal(
        transfer, Assert.Single(Read($$"""{"protocol": "{{protocol}}", "url": "https://cdn.example/v"}""").Tracks).Transfer);

    [Fact]
    public void A_referer_goes_to_its_own_origin_only()
    {
        Assert.NotNull(Read("""{"protocol": "https", "url": "https://v.example/v", "http_headers": {"Referer": "https://v.example/page"}}""").Main.Referer);
        Assert.Null(Read("""{"protocol": "https", "url": "https://cdn.example/v", "http_headers": {"Referer": "https://v.example/page"}}""").Main.Referer);
    }

    [Theory]
    [InlineData("""{"protocol": "http_dash_segments", "url": "https://cdn.example/v"}""", FaultCode.NoStream)]
    [InlineData("""{"protocol": "https", "url": "file:///etc/passwd"}""", FaultCode.NoStream)]
    [InlineData("""{"title": "x"}""", FaultCode.NoStream)]
    [InlineData("""{"is_live": true, "protocol": "m3u8_native", "url": "https://cdn.example/v"}""", FaultCode.LiveStream)]
    public void What_the_engine_cannot_fetch_is_said(string answer, string code) =>
        Assert.Equal(code, Assert.Throws<FaultException>(() => Read(answer)).Code);

    [Fact]
    public void Without_ffmpeg_only_what_comes_in_one_piece_is_asked_for()
    {
        Assert.DoesNotContain("+", YtDlpStream.Formats(null, canJoin: false), StringComparison.Ordinal);
        Assert.Contains("[height<=?720]+bestaudio", YtDlpStream.Formats(720, canJoin: true), StringComparison.Ordinal);
        Assert.DoesNotContain("height", YtDlpStream.Formats(null, canJoin: true), StringComparison.Ordinal);
    }

    private static MediaStream Read(string answer) => YtDlpStream.Of(JsonDocument.Parse(answer).RootElement, new Uri("https://v.example/page"));
}
