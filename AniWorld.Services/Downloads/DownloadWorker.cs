using System.Collections.Concurrent;
using AniWorld.Data;
using AniWorld.Data.Downloads;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using AniWorld.Services.Progress;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Downloads;

/// <summary>Works the queue off: takes items while there is room, runs each, and lives on whatever one of them does.</summary>
internal sealed class DownloadWorker(
    DownloadClaims claims,
    DownloadRun run,
    DownloadOutcomes outcomes,
    ActiveDownloads active,
    QueueNotice notice,
    ProgressService progress,
    IDbContextFactory<AniWorldDbContext> databases,
    IOptionsMonitor<AniWorldOptions> options,
    TimeProvider time,
    ILogger<DownloadWorker> logger) : BackgroundService
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WaitAfterFault = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Task, bool> _runs = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var changed = options.OnChange(_ => active.Wake());
        try
        {
            await TakeBackAsync(stoppingToken);
            while (!stoppingToken.IsCancellationRequested)
            {
                var wait = await StartWhatFitsAsync(stoppingToken);
                await active.WaitAsync(wait, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }

        // Each gives its item back to the queue at a point from which it goes on.
        active.StopAll(StopReason.Stopped);
        await Task.WhenAll(_runs.Keys);
    }

    private async Task TakeBackAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        active.IsPaused = (await database.QueueSwitchAsync(cancellationToken)).IsPaused;
        var taken = await claims.TakeBackAsync(cancellationToken);
        if (taken > 0)
        {
            logger.LogInformation("{Count} downloads that were interrupted go on", taken);
        }

        await notice.PublishAsync(cancellationToken);
    }

    /// <returns>How long there is nothing to do, unless woken.</returns>
    private async Task<TimeSpan> StartWhatFitsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TakeBackLapsedAsync(cancellationToken);

            while (await IsOnAsync(cancellationToken))
            {
                if (active.Count >= options.CurrentValue.Downloads.Parallel)
                {
                    await MakeWayAsync(cancellationToken);
                    return LongestWait;
                }

                if (await claims.TakeAsync(cancellationToken) is not { } taken)
                {
                    return await UntilNextRetryAsync(cancellationToken);
                }

                Start(taken.Item, taken.Claim);
            }

            return LongestWait;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The queue must outlive a busy or full database; the next look may find it well again.
            logger.LogError(e, "The queue could not be read; trying again in {Seconds} s", WaitAfterFault.TotalSeconds);
            return WaitAfterFault;
        }
    }

    private async Task TakeBackLapsedAsync(CancellationToken cancellationToken)
    {
        var lapsed = await claims.TakeBackLapsedAsync(active.Ids, cancellationToken);
        foreach (var (item, claim) in lapsed.WornOut)
        {
            await outcomes.FailedAsync(
                item, claim, new FaultException(FaultCode.Internal, new Sentence("fault_not_finished")));
        }

        if (lapsed.Returned + lapsed.WornOut.Count > 0)
        {
            await notice.PublishAsync(cancellationToken);
        }
    }

    /// <summary>High priority does not wait for a place that something less important has.</summary>
    private async Task MakeWayAsync(CancellationToken cancellationToken)
    {
        if (await claims.NextNewPriorityAsync(cancellationToken) is { } priority)
        {
            active.MakeWay(priority, id => progress.LatestHere(id)?.Phase is DownloadPhase.Processing);
        }
    }

    private void Start(DownloadQueueItem item, DownloadClaim claim)
    {
        var running = new RunningDownload(item);
        active.Add(running);
        var task = RunAsync(item, claim, running);
        _runs[task] = true;
        _ = task.ContinueWith(done => _runs.TryRemove(done, out _), TaskScheduler.Default);
    }

    private async Task RunAsync(DownloadQueueItem item, DownloadClaim claim, RunningDownload running)
    {
        await Task.Yield();
        try
        {
            await run.RunAsync(item, claim, running);
        }
        catch (Exception e)
        {
            // The item's lease runs out and it is taken again; all others go on.
            logger.LogError(e, "Download {DownloadId} could not be finished in the database", item.Id);
            progress.Publish(new DownloadStopped(item.Id, item.SeriesKey, item.SeriesFolder, item.Season, item.Number));
        }
        finally
        {
            active.Remove(running);
            running.Dispose();
            active.Wake();
        }
    }

    private async Task<bool> IsOnAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var queue = await database.QueueSwitchAsync(cancellationToken);
        return queue is { IsRunning: true, IsPaused: false };
    }

    /// <returns>How long to wait when there is nothing to take, although there is a place here.</returns>
    internal async Task<TimeSpan> UntilNextRetryAsync(CancellationToken cancellationToken)
    {
        var next = await claims.NextRetryAsync(cancellationToken);
        var wait = next - time.GetUtcNow() ?? LongestWait;
        if (wait <= TimeSpan.Zero)
        {
            // Due, and yet not to be had: other nodes have all places, or their clock is behind. Whoever follows them wakes this one.
            return claims.IsShared ? LongestWait : TimeSpan.Zero;
        }

        return wait > LongestWait ? LongestWait : wait;
    }
}
