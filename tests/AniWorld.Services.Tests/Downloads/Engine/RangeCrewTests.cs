using AniWorld.Services.Faults;

namespace AniWorld.Services.Tests.Downloads.Engine;

/// <summary>Several connections on one file, and several files on one host.</summary>
public sealed class RangeCrewTests : RangeTests
{
    [Fact]
    public async Task Nobody_waits_for_a_connection_that_has_stopped()
    {
        World.Options = World.Options with { Connections = 4 };
        World.Origin.On("/clip", exchange => exchange.SendFileAsync(Clip, "\"v1\"", async bytes =>
        {
            if (exchange.Range is { From: Size / 2 })
            {
                await exchange.BodyAsync(bytes[..10_000]);
                await exchange.SilenceAsync();
            }

            await exchange.BodyAsync(bytes);
        }));

        await World.DownloadAsync("/clip");

        await AssertWholeAsync();
    }

    [Fact]
    public async Task A_connection_that_is_cut_at_every_turn_costs_only_itself()
    {
        var requests = 0;
        World.Options = World.Options with { Connections = 4 };
        World.Origin.On("/clip", exchange => exchange.SendFileAsync(Clip, "\"v1\"", async bytes =>
        {
            var isBad = Interlocked.Increment(ref requests) % 2 == 0;
            await exchange.BodyAsync(isBad ? bytes[..Math.Min(bytes.Length, 3000)] : bytes);
            exchange.Closed = isBad;
        }));

        await World.DownloadAsync("/clip");

        await AssertWholeAsync();
    }

    [Fact]
    public async Task A_server_that_is_overloaded_for_a_while_is_waited_out_by_the_last_connection()
    {
        var requests = 0;
        World.Options = World.Options with { Connections = 8 };
        World.Origin.On("/clip", exchange => Interlocked.Increment(ref requests) switch
        {
            1 => exchange.SendFileAsync(Clip, "\"v1\"", async bytes =>
            {
                await exchange.BodyAsync(bytes[..100_000]);
                exchange.Closed = true;
            }),
            < 6 => exchange.SendAsync(503, ""),
            _ => exchange.SendFileAsync(Clip, "\"v1\""),
        });

        await World.DownloadAsync("/clip");

        await AssertWholeAsync();
    }

    [Fact]
    public async Task A_host_that_asked_for_a_break_is_not_asked_again_by_the_next_download()
    {
        World.Origin.On("/clip", exchange => exchange.SendAsync(429, "", "Retry-After: 60"));
        await World.FaultAsync("/clip");

        var fault = await World.FaultAsync("/clip");

        Assert.Equal(FaultCode.RateLimited, fault.Code);
        Assert.InRange(fault.RetryAfter!.Value.TotalSeconds, 1, 60);
        Assert.Single(World.Origin.Requests);
    }

    [Fact]
    public async Task The_last_connection_to_a_host_is_shared_by_all_parts()
    {
        World.Limits.ConnectionsPerHost = 1;
        World.Origin.Serve("/clip", Clip);

        await World.DownloadAsync("/clip");

        await AssertWholeAsync();
    }

    [Fact]
    public async Task A_speed_limit_is_kept()
    {
        // Only the limit's own waits take time here.
        const double Seconds = 12;
        var time = new LeapingTime { Leaps = wait => wait <= TimeSpan.FromMilliseconds(60) };
        await using var world = new EngineWorld(time);
        world.Options = world.Options with { Connections = 1 };
        world.Limits.BytesPerSecond = (long)(Size / Seconds);
        world.Origin.Serve("/clip", Clip);
        var begun = time.GetTimestamp();

        await world.DownloadAsync("/clip");

        Assert.InRange(time.GetElapsedTime(begun).TotalSeconds, Seconds * 0.95, Seconds * 1.05);
    }
}
