using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Tests.Downloads.Engine;

/// <summary>Direct media as it should be, and the limits of the user.</summary>
public sealed class RangeDownloadTests : RangeTests
{
    [Fact]
    public async Task A_file_comes_in_parallel_ranges_and_leaves_nothing_else_behind()
    {
        // Nobody gets on before three are there: over loopback the first one would have it all by then.
        var parallel = new TaskCompletionSource();
        World.Origin.On("/clip.bin", exchange => exchange.SendFileAsync(Clip, "\"v1\"", async bytes =>
        {
            var begin = Math.Min(10_000, bytes.Length);
            await exchange.BodyAsync(bytes[..begin]);
            if (World.Origin.Requests.Count > 2)
            {
                parallel.TrySetResult();
            }

            await parallel.Task.WaitAsync(exchange.Stopped);
            await exchange.BodyAsync(bytes[begin..]);
        }));

        var media = await World.DownloadAsync("/clip.bin");

        Assert.Equal(World.Target + ".mp4", media.Path);
        Assert.Equal((Size, TimeSpan.FromSeconds(10)), (media.Size, media.Duration!.Value));
        Assert.Equal(Clip, await File.ReadAllBytesAsync(media.Path));
        Assert.Equal([Path.GetFileName(media.Path)], World.Files);
        Assert.All(World.Origin.Requests, request => Assert.Equal("identity", request.Header("Accept-Encoding")));
        Assert.All(World.Origin.Requests.Skip(1), request => Assert.Equal("\"v1\"", request.Header("If-Range")));
    }

    [Fact]
    public async Task One_connection_is_one_request()
    {
        World.Origin.Serve("/clip", Clip);
        World.Options = World.Options with { Connections = 1 };

        await World.DownloadAsync("/clip");

        Assert.Equal((0, null), World.Origin.Requests.Single().Range);
    }

    [Fact]
    public async Task Progress_never_goes_back_and_is_whole_only_at_the_end()
    {
        World.Origin.Serve("/clip", Clip);

        await World.DownloadAsync("/clip");

        var told = World.Progress.All;
        AssertProgressNeverGoesBack();
        Assert.All(told.SkipLast(1), progress => Assert.True(progress.Fraction < 1));
        Assert.Equal(1, told[^1].Fraction);
        Assert.Contains(told, progress => progress.TotalBytes == Size && progress.Stage == DownloadStage.Transferring);
    }

    [Fact]
    public async Task A_file_past_the_limit_is_too_large_with_and_without_a_length()
    {
        World.Options = World.Options with { MaxFileSize = 1_000_000 };
        World.Origin.Serve("/clip", Clip);
        World.Origin.On("/open", async exchange =>
        {
            await exchange.HeadAsync(200, "Connection: close");
            await exchange.BodyAsync(Clip);
            exchange.Closed = true;
        });

        Assert.Equal(FaultCode.TooLarge, (await World.FaultAsync("/clip")).Code);
        Assert.Equal(FaultCode.TooLarge, (await World.FaultAsync("/open")).Code);
    }

    [Fact]
    public async Task A_paused_download_reads_nothing_and_goes_on()
    {
        var paused = false;
        World.Options = World.Options with { IsPaused = () => Volatile.Read(ref paused), Connections = 1 };
        World.Origin.Serve("/clip", Clip);
        var held = new TaskCompletionSource();
        World.Progress.OnReport = progress =>
        {
            if (progress.DownloadedBytes > 1_000_000 && !held.Task.IsCompleted)
            {
                Volatile.Write(ref paused, true);
                held.TrySetResult();
            }
        };
        var download = World.DownloadAsync("/clip");
        await held.Task;
        var bytes = World.Progress.All[^1].DownloadedBytes;
        Assert.False(download.IsCompleted);
        Assert.Equal(bytes, World.Progress.All[^1].DownloadedBytes);

        Volatile.Write(ref paused, false);
        await download;

        await AssertWholeAsync();
    }

    [Fact]
    public async Task Discarding_leaves_only_what_is_others()
    {
        World.Origin.Serve("/clip", Clip);
        await CancelAtAsync(Size / 2);
        var neighbour = World.Target + " - more.part";
        await File.WriteAllTextAsync(neighbour, "");

        World.Downloader.Discard(World.Target);

        Assert.Equal([Path.GetFileName(neighbour)], World.Files);
    }

    [Fact]
    public async Task Two_runs_on_one_target_do_not_write_into_each_other()
    {
        var asked = new TaskCompletionSource();
        World.Origin.On("/slow", exchange =>
        {
            asked.TrySetResult();
            return exchange.SilenceAsync();
        });
        using var cancel = new CancellationTokenSource();
        var first = World.DownloadAsync("/slow", cancellationToken: cancel.Token);
        await asked.Task;

        Assert.Equal(FaultCode.NameConflict, (await World.FaultAsync("/slow")).Code);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
    }
}
