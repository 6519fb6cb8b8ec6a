using AniWorld.Data;
using AniWorld.Data.Downloads;
using AniWorld.Services.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Downloads;

/// <summary>
/// Where several nodes share the queue: sees what was asked for on another one, such as a pause or a new item, and how much runs there.
/// </summary>
internal sealed class QueueFollower(
    ThisNode node,
    NodeShare share,
    LeaseClock clock,
    ActiveDownloads active,
    IDbContextFactory<AniWorldDbContext> databases,
    TimeProvider time,
    ILogger<QueueFollower> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        node.IsShared ? time.EveryAsync(Every, TryFollowAsync, stoppingToken) : Task.CompletedTask;

    internal async Task FollowAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var queue = await database.QueueSwitchAsync(cancellationToken);
        active.IsPaused = queue.IsPaused;
        if (!queue.IsRunning)
        {
            active.StopAll(StopReason.Stopped);
        }

        await FollowItemsAsync(database, cancellationToken);
        await ShareAsync(database, cancellationToken);
        // Perhaps somebody queued something.
        active.Wake();
    }

    private async Task FollowItemsAsync(AniWorldDbContext database, CancellationToken cancellationToken)
    {
        var ids = active.Ids;
        var items = await database.Downloads.IgnoreQueryFilters().AsNoTracking().Where(i => ids.Contains(i.Id)).ToListAsync(cancellationToken);
        foreach (var item in items)
        {
            if (item.DeletedAt is not null)
            {
                active.Stop(item.Id, StopReason.Removed);
            }
            else if (item.PausedByUser)
            {
                active.Stop(item.Id, StopReason.Paused);
            }
            else
            {
                active.SetPriority(item.Id, item.Priority);
            }
        }
    }

    private async Task ShareAsync(AniWorldDbContext database, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(database, cancellationToken);
        var own = node.Owner;
        var others = await database.Downloads.CountAsync(
            i => DownloadStatuses.Active.Contains(i.Status) && i.LeaseOwner != null && i.LeaseOwner != own && i.LeaseUntil >= now, cancellationToken);
        share.Set(active.Count, others);
    }

    private async Task TryFollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FollowAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // What runs goes on as long as its lease holds; the next look may find the database well again.
            logger.LogDebug(e, "What the other nodes do cannot be seen");
        }
    }
}
