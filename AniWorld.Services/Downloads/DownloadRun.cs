using AniWorld.Data;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Faults;
using AniWorld.Services.Progress;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Downloads;

/// <summary>One item's way from claim to end: fetched, kept alive in the database meanwhile, and its outcome stored and told.</summary>
internal sealed class DownloadRun(
    SeriesApp app,
    DownloadClaims claims,
    DownloadOutcomes outcomes,
    DownloadTargets targets,
    PartialFiles partials,
    ActiveDownloads active,
    ProgressService progress,
    QueueNotice notice,
    IDbContextFactory<AniWorldDbContext> databases,
    TimeProvider time,
    ILogger<DownloadRun> logger)
{
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(2);

    public async Task RunAsync(DownloadQueueItem item, DownloadClaim claim, RunningDownload running)
    {
        await notice.PublishAsync(CancellationToken.None);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(running.Token);
        var beats = BeatAsync(claim, running, ended.Token);
        try
        {
            await FetchAsync(item, claim, running.Token);
        }
        catch (OperationCanceledException) when (running.Reason is { } reason)
        {
            await StoppedAsync(item, claim, reason);
        }
        catch (FaultException fault)
        {
            await outcomes.FailedAsync(item, claim, fault);
        }
        catch (Exception e)
        {
            logger.LogError(e, "Download {DownloadId} of {Key} failed unexpectedly", item.Id, item.SeriesKey);
            await outcomes.FailedAsync(item, claim, new FaultException(
                FaultCode.Internal, "Something went wrong inside AniWorld; the log says more.", e));
        }
        finally
        {
            await ended.CancelAsync();
            await beats;
            await notice.PublishAsync(CancellationToken.None);
        }
    }

    private async Task FetchAsync(DownloadQueueItem item, DownloadClaim claim, CancellationToken cancellationToken)
    {
        var (episode, target) = await PrepareAsync(item, cancellationToken);
        var started = time.GetTimestamp();
        var fetched = await app.DownloadAsync(
            new EpisodeOrder
            {
                Provider = episode.Series.Provider,
                Episode = new(item.SeriesKey, item.Season, item.Number),
                Language = item.Language,
                TargetPath = target.AbsolutePath,
                Options = targets.Options(() => active.IsPaused),
                OperationId = item.Id,
                Folder = episode.Series.Folder,
                FirstHoster = item.Hoster,
                HosterChosen = async hoster =>
                {
                    await claims.SetSourceAsync(claim, hoster, target.RelativePath, cancellationToken);
                    await notice.PublishAsync(cancellationToken);
                },
            },
            cancellationToken);
        var path = target.RelativePath + Path.GetExtension(fetched.Media.Path);
        await outcomes.CompletedAsync(item, claim, episode, fetched, path, time.GetElapsedTime(started));
    }

    private async Task<(Episode Episode, TargetPath Target)> PrepareAsync(DownloadQueueItem item, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var episode = await database.Episodes.AsNoTracking()
            .Include(e => e.Series)
            .SingleOrDefaultAsync(
                e => e.Series.Key == item.SeriesKey && e.Season == item.Season && e.Number == item.Number, cancellationToken)
            ?? throw new FaultException(
                FaultCode.LanguageMissing, $"{item.SeriesName} no longer has this episode in the catalogue; remove the download.");
        return (episode, await targets.MakeAsync(database, episode, item.Language, cancellationToken));
    }

    /// <summary>Renews the lease and stores how far the item is, until it ends.</summary>
    private async Task BeatAsync(DownloadClaim claim, RunningDownload running, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(BeatEvery, time);
        var renewed = time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (await TryBeatAsync(claim, running, cancellationToken))
                {
                    renewed = time.GetTimestamp();
                }
                else if (time.GetElapsedTime(renewed) > claims.Lease)
                {
                    running.Stop(StopReason.Stopped);
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <returns>False when the database did not take it; while the lease lasts, the next beat may get through.</returns>
    private async Task<bool> TryBeatAsync(DownloadClaim claim, RunningDownload running, CancellationToken cancellationToken)
    {
        try
        {
            if (progress.Latest(claim.Id) is { } latest && !await claims.BeatAsync(
                    claim, StatusOf(latest.Phase), latest.DownloadedBytes, latest.TotalBytes, latest.Percent, cancellationToken))
            {
                running.Stop(StopReason.LeaseLost);
            }

            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogError(e, "The lease of download {DownloadId} could not be renewed", claim.Id);
            return false;
        }
    }

    private async Task StoppedAsync(DownloadQueueItem item, DownloadClaim claim, StopReason reason)
    {
        switch (reason)
        {
            case StopReason.Removed:
                await partials.DiscardAsync(item);
                break;
            case StopReason.Paused:
                await claims.ReleaseAsync(claim, DownloadStatus.Paused, null, item.RetryCount, null, CancellationToken.None);
                break;
            case StopReason.Stopped:
                await claims.ReleaseAsync(claim, DownloadStatus.Pending, null, item.RetryCount, null, CancellationToken.None);
                break;
        }

        progress.Publish(new DownloadStopped(item.Id, item.SeriesKey, item.SeriesFolder, item.Season, item.Number));
    }

    private DownloadStatus StatusOf(DownloadPhase phase) => phase switch
    {
        DownloadPhase.Resolving => DownloadStatus.Resolving,
        DownloadPhase.Processing => DownloadStatus.Processing,
        _ => active.IsPaused ? DownloadStatus.Paused : DownloadStatus.Downloading,
    };
}
