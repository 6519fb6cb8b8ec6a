using AniWorld.Services.Faults;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Downloads.Engine;

/// <summary>What an earlier run left is gone on with, if it is of the same file.</summary>
public sealed class RangeResumeTests : RangeTests
{
    [Fact]
    public async Task A_cancelled_download_goes_on_where_it_was()
    {
        World.Origin.Serve("/clip", Clip);
        World.Options = World.Options with { Connections = 1 };
        var fetched = await CancelAtAsync(Size / 2);

        await World.DownloadAsync("/clip");

        await AssertWholeAsync();
        Assert.InRange(fetched, Size / 2, Size - 1);
        Assert.All(AfterResume, request => Assert.Equal("\"v1\"", request.Header("If-Range")));
        Assert.InRange(AfterResume.Single().Range!.Value.From, fetched, Size - 1);
    }

    [Fact]
    public async Task A_download_cancelled_again_and_again_at_any_point_ends_with_the_same_bytes()
    {
        World.Origin.Serve("/clip", Clip);
        var random = new Random(7);
        for (var round = 0; round < 12; round++)
        {
            await CancelAtAsync(random.Next(Size - 100_000));
        }

        await World.DownloadAsync("/clip");

        await AssertWholeAsync();
    }

    [Fact]
    public async Task The_state_of_the_disk_at_any_moment_is_one_to_go_on_from()
    {
        // What a kill leaves behind is what a copy, journal first, finds at that moment.
        var time = new FakeTimeProvider();
        await using var world = new EngineWorld(time);
        world.Origin.Serve("/clip", Clip);
        var copies = new List<(byte[] Part, byte[] Journal)>();
        world.Progress.OnReport = _ =>
        {
            // Makes the next journal due.
            ThreadPool.QueueUserWorkItem(_ => time.Advance(TimeSpan.FromSeconds(2)));
            lock (copies)
            {
                if (copies.Count < 10 && File.Exists(world.Journal) && TryRead(world.Journal) is { } journal && TryRead(world.Part) is { } part)
                {
                    copies.Add((part, journal));
                }
            }
        };
        await world.DownloadAsync("/clip");
        Assert.NotEmpty(copies);

        foreach (var (part, journal) in copies)
        {
            world.Progress.OnReport = null;
            File.Delete(world.Target + ".mp4");
            await File.WriteAllBytesAsync(world.Part, part);
            await File.WriteAllBytesAsync(world.Journal, journal);

            await world.DownloadAsync("/clip");

            Assert.Equal(Clip, await File.ReadAllBytesAsync(world.Target + ".mp4"));
        }

        static byte[]? TryRead(string path)
        {
            try
            {
                // The engine holds the part file alone, by an advisory lock: cp reads it all the same.
                using var copy = System.Diagnostics.Process.Start("cp", [path, path + ".copy"]);
                copy.WaitForExit();
                var bytes = copy.ExitCode == 0 ? File.ReadAllBytes(path + ".copy") : null;
                File.Delete(path + ".copy");
                return bytes;
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"version\":1,\"kind\":\"fi")]
    [InlineData("{\"version\":99,\"kind\":\"file\"}")]
    [InlineData("null")]
    public async Task A_journal_that_cannot_be_used_is_set_aside_and_the_file_fetched_anew(string journal)
    {
        await File.WriteAllBytesAsync(World.Part, new byte[1000]);
        await File.WriteAllTextAsync(World.Journal, journal);
        World.Origin.Serve("/clip", Clip);

        await World.DownloadAsync("/clip");

        await AssertWholeAsync();
    }

    [Fact]
    public async Task A_part_file_shorter_than_its_journal_goes_on_at_its_real_end()
    {
        World.Origin.Serve("/clip", Clip);
        await LeaveAsync(done: 3_000_000, there: 2_000_000, etag: "\"v1\"");

        await World.DownloadAsync("/clip");

        await AssertWholeAsync();
        Assert.Equal(2_000_000, World.Origin.Requests.First().Range!.Value.From);
    }

    [Fact]
    public async Task A_link_that_expires_midway_can_be_replaced_by_another()
    {
        var given = 0;
        World.Origin.On("/old", exchange => Interlocked.Increment(ref given) > 2 ? exchange.SendAsync(403, "expired") : exchange.SendFileAsync(Clip, "\"v1\""));
        World.Origin.Serve("/new", Clip);
        World.Options = World.Options with { Connections = 2 };
        var fault = await Record.ExceptionAsync(() => World.DownloadAsync("/old"));

        if (fault is not null)
        {
            Assert.Equal(FaultCode.Http(403), Assert.IsType<FaultException>(fault).Code);
            await World.DownloadAsync("/new");
            Assert.All(World.Origin.RequestsTo("/new"), request => Assert.True(request.Range!.Value.From > 0));
        }

        await AssertWholeAsync();
    }

    [Fact]
    public async Task An_error_page_in_place_of_the_rest_costs_nothing_of_what_is_there()
    {
        await LeaveAsync(done: 3_000_000, there: 3_000_000, etag: "\"v1\"");
        World.Origin.On("/clip", exchange => exchange.SendAsync(200, "<html>expired</html>", "Content-Type: video/mp4"));
        Assert.Equal(FaultCode.NotMedia, (await World.FaultAsync("/clip")).Code);
        World.Origin.Serve("/clip", Clip);

        await World.DownloadAsync("/clip");

        Assert.Equal(3_000_000, World.Origin.Requests.ElementAt(1).Range!.Value.From);
        await AssertWholeAsync();
    }
}
