using System.Text;
using AniWorld.Services.Streaming;

namespace AniWorld.Services.Tests.StreamResolution;

public sealed class AnswerKindTests
{
    [Theory]
    [InlineData("video/mp4", "\0\0\0\u0018ftypisom", "File")]
    [InlineData("text/html", "\0\0\0\u0018ftypisom", "File")]
    [InlineData("application/octet-stream", "\u001aEß£", "File")]
    [InlineData("video/x-unknown", "anything", "File")]
    [InlineData("video/mp4", "  <!DOCTYPE html>", "Page")]
    [InlineData("video/mp4", "<html>", "Page")]
    [InlineData("text/html", "plain words", "Page")]
    [InlineData("text/plain", "#EXTM3U\n", "Playlist")]
    [InlineData("video/mp4", "\r\n#EXTM3U\n", "Playlist")]
    [InlineData("application/vnd.apple.mpegurl", "", "Playlist")]
    [InlineData("application/x-mpegURL", "<html>", "Page")]
    [InlineData("application/octet-stream", "PK\u0003\u0004", "Other")]
    [InlineData("application/zip", "PK\u0003\u0004", "Other")]
    [InlineData("image/png", "\u0089PNG", "Other")]
    [InlineData("application/json", "{}", "Other")]
    [InlineData("video/mp4", "", "Other")]
    [InlineData(null, "", "Other")]
    public void The_first_bytes_count_for_more_than_the_type(string? type, string head, string kind) =>
        Assert.Equal(kind, AnswerKinds.Of(type, Encoding.Latin1.GetBytes(head)).ToString());

    [Fact]
    public void A_transport_stream_is_told_by_its_packets()
    {
        var packets = new byte[600];
        packets[0] = packets[188] = packets[376] = (byte)'G';

        Assert.Equal(AnswerKind.File, AnswerKinds.Of("application/octet-stream", packets));
    }
}
