using AniWorld.Data.Downloads;
using AniWorld.SampleSite;
using AniWorld.SampleSite.Faults;
using AniWorld.Services.Downloads;
using AniWorld.Services.Progress;
using FaultKind = AniWorld.SampleSite.Faults.FaultKind;

namespace AniWorld.Services.Tests.Downloads;

/// <summary>Paused and removed in whatever state it is: never failed, and removed leaves nothing.</summary>
[Trait("Database", "both")]
public sealed class QueueStopTests
{
    [Theory]
    [InlineData(DownloadStatus.Resolving)]
    [InlineData(DownloadStatus.Downloading)]
    [InlineData(DownloadStatus.Pending)]
    public async Task Paused_it_is_paused_and_resumed_it_completes(DownloadStatus state)
    {
        await using var world = await QueueWorld.StartAsync(new SampleSiteOptions { PadTo = 8 << 20 });
        var id = await InStateAsync(world, state);

        await world.Queue.ChangeAsync(id, new DownloadChange(Paused: true));

        var paused = await world.UntilAsync(id, item => item.Status is DownloadStatus.Paused && item.LeaseOwner is null);
        Assert.True(paused.PausedByUser);
        Assert.DoesNotContain(world.Events.OfType<DownloadFailed>(), failed => !failed.WillRetry);
        world.Site.Faults.Clear();
        await world.Queue.ChangeAsync(id, new DownloadChange(Paused: false));
        await world.Queue.RetryAsync([id]);
        await world.UntilAsync(id, DownloadStatus.Completed);
        Assert.Empty(world.Partials);
    }

    [Theory]
    [InlineData(DownloadStatus.Resolving)]
    [InlineData(DownloadStatus.Downloading)]
    [InlineData(DownloadStatus.Pending)]
    [InlineData(DownloadStatus.Paused)]
    public async Task Removed_it_is_cancelled_and_leaves_no_partial_file(DownloadStatus state)
    {
        await using var world = await QueueWorld.StartAsync(new SampleSiteOptions { PadTo = 8 << 20 });
        var id = await InStateAsync(world, state is DownloadStatus.Paused ? DownloadStatus.Downloading : state);
        if (state is DownloadStatus.Paused)
        {
            await world.Queue.ChangeAsync(id, new DownloadChange(Paused: true));
            await world.UntilAsync(id, item => item.Status is DownloadStatus.Paused && item.LeaseOwner is null);
        }

        Assert.True(await world.Queue.RemoveAsync(id));

        await world.UntilAsync(() => Task.FromResult(world.Partials.Count == 0 && world.Get<ProgressService>().Latest(id) is null), () => string.Join(' ', world.Partials));
        var removed = await world.ItemAsync(id);
        Assert.Equal(DownloadStatus.Cancelled, removed.Status);
        Assert.NotNull(removed.DeletedAt);
        Assert.DoesNotContain(world.Events.OfType<DownloadFailed>(), failed => !failed.WillRetry);
        Assert.Empty(world.Videos);
    }

    private static async Task<Guid> InStateAsync(QueueWorld world, DownloadStatus state)
    {
        await world.AddAsync();
        world.LeaveOnly("Rangeo");
        world.Site.Faults.Add(state switch
        {
            DownloadStatus.Resolving => new Fault(FaultKind.Hang) { Hoster = "Rangeo" },
            DownloadStatus.Downloading => new Fault(FaultKind.Throttle) { Hoster = "Rangeo", BytesPerSecond = 1 << 19 },
            _ => new Fault(FaultKind.Status) { Hoster = "Rangeo", Status = 503, RetryAfter = 3000 },
        });
        var id = await world.EnqueueAsync();
        await world.UntilAsync(id, item => item.Status == state && state switch
        {
            DownloadStatus.Resolving => world.HosterRequests.Count > 0,
            DownloadStatus.Downloading => world.Partials.Count > 0,
            _ => item.Error is not null,
        });
        return id;
    }
}
