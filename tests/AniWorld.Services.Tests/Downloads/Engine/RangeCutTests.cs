using AniWorld.Services.Faults;

namespace AniWorld.Services.Tests.Downloads.Engine;

/// <summary>Servers that end too early, say nothing of the length or have no ranges.</summary>
public sealed class RangeCutTests : RangeTests
{
    [Fact]
    public async Task A_server_without_ranges_is_read_over_one_connection_and_from_the_start_after_a_cut()
    {
        var turn = 0;
        World.Origin.On("/clip", async exchange =>
        {
            await exchange.HeadAsync(200, $"Content-Length: {Size}");
            await exchange.BodyAsync(turn++ == 0 ? Clip[..2_000_000] : Clip);
            exchange.Closed = true;
        });

        await World.DownloadAsync("/clip");

        await AssertWholeAsync();
        Assert.Equal(2, World.Origin.Requests.Count);
        AssertProgressNeverGoesBack();
    }

    [Fact]
    public async Task A_cut_body_is_fetched_on_from_the_byte_where_it_broke()
    {
        var turn = 0;
        World.Options = World.Options with { Connections = 1 };
        World.Origin.On("/clip", exchange => exchange.SendFileAsync(Clip, "\"v1\"", async bytes =>
        {
            await exchange.BodyAsync(turn++ == 0 ? bytes[..500_000] : bytes);
            exchange.Closed = true;
        }));

        await World.DownloadAsync("/clip");

        await AssertWholeAsync();
        Assert.Equal(500_000, World.Origin.Requests.ElementAt(1).Range!.Value.From);
    }

    [Fact]
    public async Task A_body_cut_every_time_is_truncated_after_the_attempts()
    {
        var retries = 0;
        World.Options = World.Options with { Connections = 1, Attempts = 3, Retrying = _ => retries++ };
        World.Origin.On("/clip", exchange => exchange.SendFileAsync(Clip, "\"v1\"", async bytes =>
        {
            await exchange.BodyAsync(bytes[..Math.Min(bytes.Length, 5000)]);
            exchange.Closed = true;
        }));

        Assert.Equal(FaultCode.Truncated, (await World.FaultAsync("/clip")).Code);
        Assert.Equal((3, 2), (World.Origin.Requests.Count, retries));
        Assert.DoesNotContain(World.Files, name => name.EndsWith(".mp4", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cut_body_without_a_length_is_found_out_by_the_container_and_put_into_quarantine()
    {
        World.Origin.On("/clip", async exchange =>
        {
            await exchange.HeadAsync(200, "Connection: close");
            await exchange.BodyAsync(Clip[..3_000_000]);
            exchange.Closed = true;
        });

        Assert.Equal(FaultCode.Truncated, (await World.FaultAsync("/clip")).Code);
        Assert.Empty(World.Files);
        Assert.Equal(2, Directory.GetFiles(World.QuarantineFolder).Length);
        Assert.All(World.Progress.All, progress => Assert.Null(progress.Fraction));
    }
}
