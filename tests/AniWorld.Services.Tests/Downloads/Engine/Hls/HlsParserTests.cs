using System.Text;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Downloads.Engine.Hls;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Tests.Downloads.Engine.Hls;

public sealed class HlsParserTests
{
    private static readonly Uri Base = new("https://cdn.example/a/b/list.m3u8?x=1");

    [Theory]
    [InlineData("seg.ts", "https://cdn.example/a/b/seg.ts")]
    [InlineData("../seg.ts?t=1", "https://cdn.example/a/seg.ts?t=1")]
    [InlineData("/seg.ts", "https://cdn.example/seg.ts")]
    [InlineData("//other.example/seg.ts", "https://other.example/seg.ts")]
    [InlineData("http://other.example/seg.ts", "http://other.example/seg.ts")]
    [InlineData("?seg=1", "https://cdn.example/a/b/list.m3u8?seg=1")]
    public void Addresses_count_from_the_playlist(string written, string address) =>
        Assert.Equal(address, Media($"#EXTINF:2,\n{written}").Segments.Single().Uri.AbsoluteUri);

    [Theory]
    [InlineData("#EXTINF:2,\nfile:///etc/passwd")]
    [InlineData("#EXTINF:2,\ndata:video/mp2t;base64,AAAA")]
    [InlineData("#EXTINF:2,\nftp://x/seg.ts")]
    [InlineData("#EXT-X-KEY:METHOD=AES-128,URI=\"file:///key\"\n#EXTINF:2,\nseg.ts")]
    [InlineData("#EXT-X-MAP:URI=\"data:x\"\n#EXTINF:2,\nseg.ts")]
    public void Other_schemes_are_refused_before_anything_is_opened(string lines) => Assert.Equal(FaultCode.BlockedScheme, CodeOf(lines));

    [Theory]
    [InlineData("#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"k\"")]
    [InlineData("#EXT-X-KEY:METHOD=AES-256,URI=\"k\"")]
    [InlineData("#EXT-X-KEY:METHOD=AES-128,URI=\"k\",KEYFORMAT=\"com.apple.streamingkeydelivery\"")]
    [InlineData("#EXT-X-KEY:METHOD=SAMPLE-AES-CTR,KEYFORMAT=\"urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed\",URI=\"data:x\"")]
    [InlineData("#EXT-X-SESSION-KEY:METHOD=SAMPLE-AES,URI=\"skd://x\"")]
    public void Protection_that_is_not_undone_is_said(string key) =>
        Assert.Equal(FaultCode.UnsupportedEncryption, CodeOf($"{key}\n#EXTINF:2,\nseg.ts"));

    [Fact]
    public void Keys_change_end_and_take_their_vector_from_the_sequence()
    {
        var segments = Media("""
            #EXT-X-MEDIA-SEQUENCE:7
            #EXT-X-KEY:METHOD=AES-128,URI="k1",IV=0x0A
            #EXTINF:2,
            a
            #EXT-X-KEY:METHOD=NONE
            #EXTINF:2,
            b
            #EXT-X-KEY:METHOD=AES-128,URI="k2"
            #EXTINF:2,
            c
            """).Segments;

        Assert.Equal(["k1", null, "k2"], segments.Select(segment => segment.Key?.Uri.Segments[^1]));
        Assert.Equal(10, segments[0].Key!.Iv![15]);
        Assert.Null(segments[2].Key!.Iv);
        Assert.Equal([7, 8, 9], segments.Select(segment => segment.Sequence));
    }

    [Fact]
    public void Byte_ranges_go_on_where_the_one_before_ended()
    {
        var segments = Media("#EXTINF:2,\n#EXT-X-BYTERANGE:100@50\na\n#EXTINF:2,\n#EXT-X-BYTERANGE:30\na\n#EXTINF:2,\nb").Segments;

        Assert.Equal([new ByteRange(50, 150), new ByteRange(150, 180), null], segments.Select(segment => segment.Range));
    }

    [Fact]
    public void Another_initialisation_and_a_discontinuity_start_a_run()
    {
        var segments = Media("""
            #EXT-X-MAP:URI="i1",BYTERANGE="20@10"
            #EXTINF:2,
            a
            #EXTINF:2,
            b
            #EXT-X-MAP:URI="i2"
            #EXTINF:2,
            c
            #EXT-X-DISCONTINUITY
            #EXTINF:2,
            d
            """).Segments;

        Assert.Equal([false, false, true, true], segments.Select(segment => segment.StartsRun));
        Assert.Equal(new ByteRange(10, 30), segments[0].Map!.Range);
    }

    [Theory]
    [InlineData(null, "1080")]
    [InlineData(1080, "1080")]
    [InlineData(800, "720b")]
    [InlineData(144, "360")]
    public void The_best_picture_within_the_limit_is_chosen(int? limit, string expected)
    {
        var master = Master("""
            #EXT-X-STREAM-INF:BANDWIDTH=900000,RESOLUTION=640x360,CODECS="avc1.4d401e,mp4a.40.2"
            360
            #EXT-X-STREAM-INF:BANDWIDTH=2000000,RESOLUTION=1280x720
            720a
            #EXT-X-STREAM-INF:BANDWIDTH=2500000,RESOLUTION=1280x720
            720b
            #EXT-X-STREAM-INF:BANDWIDTH=5000000,RESOLUTION=1920x1080
            1080
            #EXT-X-STREAM-INF:BANDWIDTH=99000000,CODECS="mp4a.40.2"
            sound
            """);

        Assert.Equal(expected, master.Choose(limit).Uri.Segments[^1]);
    }

    [Fact]
    public void Sound_of_its_own_is_chosen_by_language_else_by_default()
    {
        var master = Master("""
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="aac",NAME="English, stereo",LANGUAGE="en",URI="en"
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="aac",NAME="Deutsch",LANGUAGE="de",DEFAULT=YES,URI="de"
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="muxed",NAME="x",DEFAULT=YES
            #EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="aac"
            v
            #EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="muxed"
            w
            """);

        Assert.Equal("de", master.AudioOf(master.Variants[0], null)!.Language);
        Assert.Equal("en", master.AudioOf(master.Variants[0], "en-US")!.Language);
        Assert.Null(master.AudioOf(master.Variants[1], null));
    }

    [Fact]
    public void Sound_that_describes_the_picture_is_taken_only_when_there_is_no_other()
    {
        var master = Master("""
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="described",LANGUAGE="de",DEFAULT=YES,CHARACTERISTICS="public.accessibility.describes-video",URI="described"
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Deutsch",LANGUAGE="deu",URI="plain"
            #EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"
            v
            """);

        Assert.Equal("plain", master.AudioOf(master.Variants[0], "de")!.Uri!.Segments[^1]);
        Assert.Equal("plain", master.AudioOf(master.Variants[0], null)!.Uri!.Segments[^1]);
    }

    [Theory]
    [InlineData("<html>no</html>")]
    [InlineData("")]
    [InlineData("#EXTM3U\n#EXT-X-ENDLIST")]
    [InlineData("#EXTM3U\nseg.ts\n#EXT-X-ENDLIST")]
    [InlineData("#EXTM3U\n#EXTINF:two,\nseg.ts\n#EXT-X-ENDLIST")]
    [InlineData("#EXTM3U\n#EXTINF:2,\n#EXT-X-BYTERANGE:5\nseg.ts\n#EXT-X-ENDLIST")]
    [InlineData("#EXTM3U\n#EXTINF:2,\n#EXT-X-BYTERANGE:9223372036854775807@9\nseg.ts\n#EXT-X-ENDLIST")]
    [InlineData("#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"k\",IV=0xZZ\n#EXTINF:2,\nseg.ts\n#EXT-X-ENDLIST")]
    public void What_is_no_playlist_is_said_to_be_none(string text) =>
        Assert.Equal(FaultCode.PlaylistInvalid, Assert.Throws<FaultException>(() => HlsParser.Parse(text, Base, 100)).Code);

    [Fact]
    public void A_playlist_without_an_end_is_a_live_stream() =>
        Assert.Equal(FaultCode.LiveStream, Assert.Throws<FaultException>(() => HlsParser.Parse("#EXTM3U\n#EXTINF:2,\na", Base, 100)).Code);

    [Fact]
    public void A_playlist_with_too_many_segments_is_too_large()
    {
        var lines = new StringBuilder();
        for (var i = 0; i < 101; i++)
        {
            lines.Append("#EXTINF:2,\na\n");
        }

        Assert.Equal(FaultCode.PlaylistTooLarge, CodeOf(lines.ToString()));
    }

    [Fact]
    public void Windows_line_ends_byte_order_marks_and_unknown_tags_do_no_harm() =>
        Assert.Single(((HlsMedia)HlsParser.Parse("\uFEFF#EXTM3U\r\n#EXT-X-NEW:x\r\n# hello\r\n#EXTINF:2.5\r\na\r\n#EXT-X-ENDLIST\r\n", Base, 9)).Segments);

    private static HlsMedia Media(string lines) => (HlsMedia)HlsParser.Parse($"#EXTM3U\n{lines}\n#EXT-X-ENDLIST\n", Base, 100);

    private static HlsMaster Master(string lines) => (HlsMaster)HlsParser.Parse($"#EXTM3U\n{lines}\n", Base, 100);

    private static string CodeOf(string lines) => Assert.Throws<FaultException>(() => Media(lines)).Code;
}
