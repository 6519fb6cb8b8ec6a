namespace AniWorld.Services.Tests.Downloads.Engine;

/// <summary>A file that is another one than before is never spliced.</summary>
public sealed class RangeChangeTests : RangeTests
{
    [Fact]
    public async Task A_file_that_changed_upstream_is_fetched_anew_and_never_spliced()
    {
        var other = Clips.Mp4(Size, seed: 2);
        await LeaveAsync(done: 3_000_000, there: 3_000_000, etag: "\"v1\"");
        World.Origin.Serve("/clip", other, "\"v2\"");

        await World.DownloadAsync("/clip");

        Assert.Equal(other, await File.ReadAllBytesAsync(World.Target + ".mp4"));
    }

    [Fact]
    public async Task A_changed_file_is_noticed_although_the_server_ignores_if_range()
    {
        var other = Clips.Mp4(Size, seed: 2);
        await LeaveAsync(done: 3_000_000, there: 3_000_000, etag: "\"v1\"");
        World.Origin.On("/clip", exchange => exchange.SendAsync(
            206, other[(int)exchange.Range!.Value.From..(int)((exchange.Range.Value.To ?? Size - 1) + 1)],
            $"Content-Range: bytes {exchange.Range.Value.From}-{exchange.Range.Value.To ?? Size - 1}/{Size}", "ETag: \"v2\""));

        await World.DownloadAsync("/clip");

        Assert.Equal(other, await File.ReadAllBytesAsync(World.Target + ".mp4"));
    }

    [Fact]
    public async Task A_smaller_file_than_before_is_fetched_anew()
    {
        var smaller = Clips.Mp4(2_000_000);
        await LeaveAsync(done: 3_000_000, there: 3_000_000, etag: "\"v1\"");
        World.Origin.On("/clip", exchange => exchange.SendFileAsync(smaller, null));

        await World.DownloadAsync("/clip");

        Assert.Equal(smaller, await File.ReadAllBytesAsync(World.Target + ".mp4"));
    }

    [Fact]
    public async Task An_answer_with_another_range_than_asked_is_not_believed()
    {
        await LeaveAsync(done: 3_000_000, there: 3_000_000, etag: "\"v1\"");
        World.Origin.On("/clip", exchange => exchange.Range is { From: > 0 }
            ? exchange.SendAsync(206, Clip[..1000], $"Content-Range: bytes 0-999/{Size}", "ETag: \"v1\"")
            : exchange.SendAsync(200, Clip));

        await World.DownloadAsync("/clip");

        await AssertWholeAsync();
    }
}
