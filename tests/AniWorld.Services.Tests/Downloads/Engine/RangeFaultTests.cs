using AniWorld.Services.Faults;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Downloads.Engine;

/// <summary>Servers that refuse, fail or go silent.</summary>
public sealed class RangeFaultTests : RangeTests
{
    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task A_server_fault_that_passes_is_waited_out(int status)
    {
        var turn = 0;
        World.Origin.On("/clip", exchange => turn++ < 2 ? exchange.SendAsync(status, "later") : exchange.SendFileAsync(Clip, "\"v1\""));

        await World.DownloadAsync("/clip");

        await AssertWholeAsync();
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task A_file_that_is_not_given_is_not_asked_for_again(int status)
    {
        World.Origin.On("/clip", exchange => exchange.SendAsync(status, "no"));

        Assert.Equal(FaultCode.Http(status), (await World.FaultAsync("/clip")).Code);
        Assert.Single(World.Origin.Requests);
    }

    [Fact]
    public async Task A_break_that_the_server_asks_for_is_left_to_the_queue()
    {
        World.Origin.On("/clip", exchange => exchange.SendAsync(503, "", "Retry-After: 7"));

        var fault = await World.FaultAsync("/clip");

        Assert.Equal((FaultCode.RateLimited, TimeSpan.FromSeconds(7)), (fault.Code, fault.RetryAfter!.Value));
        Assert.Single(World.Origin.Requests);
    }

    [Fact]
    public async Task A_server_that_refuses_a_further_connection_is_left_with_one()
    {
        var refused = new TaskCompletionSource();
        var asked = 0;
        World.Options = World.Options with { Connections = 4 };
        World.Origin.On("/clip", async exchange =>
        {
            if (Interlocked.Increment(ref asked) > 1)
            {
                await exchange.SendAsync(429, "", "Retry-After: 60");
                refused.TrySetResult();
                return;
            }

            await exchange.SendFileAsync(Clip, "\"v1\"", async bytes =>
            {
                await exchange.BodyAsync(bytes[..100_000]);
                await refused.Task;
                await exchange.BodyAsync(bytes[100_000..]);
            });
        });

        await World.DownloadAsync("/clip");

        await AssertWholeAsync();
    }

    [Fact]
    public async Task A_body_that_stops_is_given_up_and_asked_for_again()
    {
        const int There = 100_000;
        var (time, silent, turn) = (new LeapingTime(), false, 0);
        await using var world = new EngineWorld(time);
        world.Options = world.Options with { Connections = 1, Attempts = 2, Stall = TimeSpan.FromSeconds(20), Retrying = _ => silent = false };
        world.Progress.OnReport = progress => silent = progress.DownloadedBytes == There;
        time.Leaps = wait => wait == world.Options.Backoff || (silent && wait == world.Options.Stall);
        world.Origin.On("/clip", exchange => exchange.SendFileAsync(Clip, "\"v1\"", async bytes =>
        {
            if (turn++ == 0)
            {
                await exchange.BodyAsync(bytes[..There]);
                await exchange.SilenceAsync();
            }

            await exchange.BodyAsync(bytes);
        }));

        await world.DownloadAsync("/clip");

        Assert.Equal(Clip, await File.ReadAllBytesAsync(world.Target + ".mp4"));
        Assert.Equal(There, world.Origin.Requests.ElementAt(1).Range!.Value.From);
    }

    [Fact]
    public async Task A_body_that_crawls_is_stalled()
    {
        var time = new FakeTimeProvider();
        await using var world = new EngineWorld(time);
        using var came = new SemaphoreSlim(0);
        world.Options = world.Options with { Connections = 1, Attempts = 1 };
        world.Progress.OnReport = _ => came.Release();
        world.Origin.On("/clip", exchange => exchange.SendFileAsync(Clip, "\"v1\"", async bytes =>
        {
            await exchange.BodyAsync(bytes[..5000]);
            for (var at = 5000; ; at++)
            {
                await came.WaitAsync(exchange.Stopped);
                time.Advance(TimeSpan.FromSeconds(5));
                await exchange.BodyAsync(bytes[at..(at + 1)]);
            }
        }));

        Assert.Equal(FaultCode.Stalled, (await world.FaultAsync("/clip")).Code);
    }

    [Fact]
    public async Task Headers_that_do_not_come_are_a_timeout()
    {
        var time = new LeapingTime { Leaps = wait => wait >= TimeSpan.FromSeconds(30) };
        await using var world = new EngineWorld(time);
        world.Options = world.Options with { Attempts = 1 };
        world.Origin.On("/clip", exchange => exchange.SilenceAsync());

        Assert.Equal(FaultCode.Timeout, (await world.FaultAsync("/clip")).Code);
    }

    [Fact]
    public async Task Waits_between_attempts_grow()
    {
        var time = new LeapingTime();
        await using var world = new EngineWorld(time);
        var waits = new List<TimeSpan>();
        world.Options = world.Options with { Backoff = TimeSpan.FromSeconds(1), Attempts = 4 };
        time.Leaps = wait =>
        {
            if (wait < TimeSpan.FromSeconds(20))
            {
                waits.Add(wait);
            }

            return wait < TimeSpan.FromSeconds(20);
        };
        world.Origin.On("/clip", exchange => exchange.SendAsync(500, ""));

        Assert.Equal(FaultCode.Http(500), (await world.FaultAsync("/clip")).Code);

        Assert.Equal((4, 3), (world.Origin.Requests.Count, waits.Count));
        Assert.True(waits.Sum(wait => wait.TotalSeconds) > 2);
    }
}
