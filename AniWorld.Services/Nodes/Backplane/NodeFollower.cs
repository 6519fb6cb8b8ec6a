using AniWorld.Data;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Progress;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Nodes.Backplane;

/// <summary>
/// Looks in the database for what other nodes did: every second without Redis, and now and then with it, for what a killed node could not
/// tell, or Redis lost.
/// </summary>
internal sealed class NodeFollower(
    ThisNode node, NodeInbox inbox, EventLog log, RedisLink redis, ProgressService progress, IDbContextFactory<AniWorldDbContext> databases, TimeProvider time,
    ILogger<NodeFollower> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>What is only found so is still known in 5 s.</summary>
    private static readonly TimeSpan NowAndThen = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan TidyEvery = TimeSpan.FromMinutes(5);

    private readonly SeenProgress _seen = new(time);
    private long? _looked;
    private long? _tidied;
    private Guid? _endedScan;

    /// <summary>Follows from here on: what is told after the start is heard.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (node.IsShared)
        {
            await TryFollowAsync(cancellationToken);
            await TryRememberAsync(cancellationToken);
            await base.StartAsync(cancellationToken);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => time.EveryAsync(Every, TryFollowAsync, stoppingToken);

    internal async Task FollowAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var own = node.Owner;
        var running = await database.Downloads.AsNoTracking()
            .Where(item => DownloadStatuses.Active.Contains(item.Status) && item.LeaseOwner != null && item.LeaseOwner != own)
            .ToListAsync(cancellationToken);
        var scan = await database.ScanRuns.AsNoTracking().OrderByDescending(run => run.StartedAt).FirstOrDefaultAsync(cancellationToken);

        // After what runs was read: what has ended by then is told by this.
        var told = await log.ReadAsync(cancellationToken);
        foreach (var message in told)
        {
            inbox.Take(message);
        }

        FollowDownloads(running, told.Select(message => message.Event is { } happened ? EventRouting.Ends(happened) : null).ToHashSet());
        FollowScan(scan);
        await TidyAsync(cancellationToken);
    }

    /// <param name="ended">Those that may have ended since <paramref name="running"/> was read.</param>
    private void FollowDownloads(List<DownloadQueueItem> running, HashSet<Guid?> ended)
    {
        foreach (var item in running.Where(item => !ended.Contains(item.Id) && !inbox.HeardLatelyOf(item.Id)))
        {
            inbox.TakeSeen(_seen.Of(item));
        }

        var ids = running.Select(item => item.Id).ToHashSet();
        foreach (var gone in progress.ActiveDownloads.Where(active => !ids.Contains(active.DownloadId) && progress.IsElsewhere(active.DownloadId)))
        {
            // Nobody has it any more, and nobody said so: its node is gone. One that was begun a moment ago may be newer than what was read.
            if (!inbox.HeardLatelyOf(gone.DownloadId))
            {
                inbox.TakeSeen(new DownloadStopped(gone.DownloadId, gone.Key, gone.Folder, gone.Season, gone.Number));
            }
        }

        _seen.Forget(ids);
    }

    private void FollowScan(ScanRun? scan)
    {
        if (scan is { State: ScanState.Running } && !inbox.HeardLatelyOf(scan.Id))
        {
            inbox.TakeSeen(new ScanProgressed(scan.Id, scan.Current, scan.Total, scan.SeriesKey, null, ""));
        }

        var ended = progress.CurrentScan is { } shown && progress.IsElsewhere(shown.ScanId) && scan is not { State: ScanState.Running } && scan?.Id == shown.ScanId
            ? scan
            : null;
        if (ended is not null && _endedScan == ended.Id)
        {
            // For two looks already: who ran it will not tell any more.
            inbox.TakeSeenEnd(ended.Id, EndOf(ended));
        }

        _endedScan = ended?.Id;
    }

    private static ProgressEvent EndOf(ScanRun scan) => scan.State is ScanState.Completed
        ? new ScanCompleted(
            scan.Id, scan.Total, scan.Files, scan.Missing, (scan.FinishedAt ?? scan.UpdatedAt) - scan.StartedAt,
            scan.Message is { } warning ? Sentence.Plain(warning) : null)
        : new ScanFailed(scan.Id, scan.Message ?? "The scan was cancelled.", scan.State is ScanState.Cancelled);

    private async Task TidyAsync(CancellationToken cancellationToken)
    {
        if (_tidied is not { } at || time.GetElapsedTime(at) > TidyEvery)
        {
            _tidied = time.GetTimestamp();
            await log.TidyAsync(cancellationToken);
        }
    }

    private async Task TryRememberAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var message in await log.RecentAsync(cancellationToken))
            {
                inbox.Remember(message);
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogDebug(e, "What happened shortly before cannot be seen");
        }
    }

    private async Task TryFollowAsync(CancellationToken cancellationToken)
    {
        redis.Look();
        if (redis.IsSettled && _looked is { } at && time.GetElapsedTime(at) < NowAndThen)
        {
            return;
        }

        try
        {
            await FollowAsync(cancellationToken);
            _looked = time.GetTimestamp();
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogDebug(e, "What the other nodes do cannot be seen; the next look follows");
        }
    }
}
