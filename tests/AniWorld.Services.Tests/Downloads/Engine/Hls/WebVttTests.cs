using AniWorld.Services.Downloads.Engine.Hls;

namespace AniWorld.Services.Tests.Downloads.Engine.Hls;

public sealed class WebVttTests
{
    private const string Map = "X-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000";

    [Fact]
    public void A_cue_that_spans_two_segments_is_taken_once() => Assert.Equal(
        "WEBVTT\n\n1\n00:00:05.000 --> 00:00:07.000 line:0\nOne\nTwo\n\n2\n00:00:08.000 --> 00:00:09.000\nThree\n",
        Join(
            $"WEBVTT\n{Map}\n\n1\n00:00:05.000 --> 00:00:07.000 line:0\nOne\nTwo\n",
            $"WEBVTT\r\n{Map}\r\n\r\n1\r\n00:00:05.000 --> 00:00:07.000 line:0\r\nOne\r\nTwo\r\n\r\n2\r\n00:00:08.000 --> 00:00:09.000\r\nThree\r\n"));

    [Fact]
    public void Segments_whose_clock_begins_anew_are_put_where_they_belong() => Assert.Equal(
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nOne\n\n01:00:01.500 --> 01:00:02.000\nTwo\n",
        Join(
            $"WEBVTT\n{Map}\n\n00:01.000 --> 00:02.000\nOne",
            $"WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:10.000,MPEGTS:{900_000 + (3600L * 90_000)}\n\n00:11.500 --> 00:12.000\nTwo"));

    [Fact]
    public void Styles_are_kept_once_and_notes_left_out() => Assert.Equal(
        "WEBVTT\n\nSTYLE\n::cue { color: red }\n\n00:00:01.000 --> 00:00:02.000\nOne\n",
        Join(
            "\uFEFFWEBVTT - some title\n\nSTYLE\n::cue { color: red }\n\nNOTE made by x\n\n00:01.000 --> 00:02.000\nOne",
            "WEBVTT\n\nSTYLE\n::cue { color: red }\n"));

    [Theory]
    [InlineData("WEBVTT", true)]
    [InlineData("\uFEFFWEBVTT\n", true)]
    [InlineData("<html>", false)]
    [InlineData("1\n00:00:01,000 --> 00:00:02,000\nSubRip", false)]
    public void Only_WebVTT_is_taken_for_it(string text, bool expected) =>
        Assert.Equal(expected, WebVtt.IsOne(System.Text.Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("de", "de")]
    [InlineData("deu", "de")]
    [InlineData("en-GB", "en-GB")]
    [InlineData("../x", "und")]
    [InlineData("de\n", "und")]
    [InlineData(null, "und")]
    public void A_language_becomes_part_of_a_file_name_only_as_one(string? tag, string expected) =>
        Assert.Equal(expected, LanguageTag.InFileName(tag));

    private static string Join(params string[] segments)
    {
        var joined = new WebVtt();
        foreach (var segment in segments)
        {
            joined.Add(segment);
        }

        return joined.ToString();
    }
}
