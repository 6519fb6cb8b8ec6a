using AniWorld.Data;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Faults;
using AniWorld.Services.Progress;
using AniWorld.Services.Streaming;
using AniWorld.Services.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Downloads;

/// <summary>One item's way from claim to end: fetched, kept alive in the database meanwhile, and its outcome stored and told.</summary>
internal sealed class DownloadRun(
    SeriesApp app,
    DownloadClaims claims,
    DownloadOutcomes outcomes,
    DownloadTargets targets,
    LanguageFallback languages,
    HosterHealth health,
    SiteHealth sites,
    PartialFiles partials,
    ActiveDownloads active,
    ProgressService progress,
    QueueNotice notice,
    IDbContextFactory<AniWorldDbContext> databases,
    TimeProvider time,
    ILogger<DownloadRun> logger)
{
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(2);

    /// <summary>Between two looks whether another node has let go of an episode's files.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    public async Task RunAsync(DownloadQueueItem item, DownloadClaim claim, RunningDownload running)
    {
        using var span = TelemetrySource.Start(
            "download", ("key", item.SeriesKey), ("season", item.Season), ("episode", item.Number), ("language", item.Language.Code));
        await notice.PublishAsync(CancellationToken.None);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(running.Token);
        var lease = new LeaseGuard(claims, claim, running, time);
        var beats = BeatAsync(claim, lease, running, ended.Token);
        try
        {
            if (await claims.IsPausedAsync(item.Id, running.Token))
            {
                running.Stop(StopReason.Paused);
            }

            await FetchAsync(item, claim, lease, running.Token);
        }
        catch (Exception e) when (running.Reason is { } reason)
        {
            // Whatever a transfer that is being stopped ends with, it did not fail.
            span?.SetTag("aniworld.stopped", $"{reason}");
            logger.LogDebug(e, "Download {DownloadId} was stopped: {Reason}", item.Id, reason);
            await StoppedAsync(item, claim, reason);
        }
        catch (FaultException fault)
        {
            span.Fail(fault);
            await outcomes.FailedAsync(item, claim, fault);
        }
        catch (Exception e)
        {
            span.Fail(e);
            logger.LogError(e, "Download {DownloadId} of {Key} failed unexpectedly", item.Id, item.SeriesKey);
            await outcomes.FailedAsync(item, claim, new FaultException(
                FaultCode.Internal, new Sentence("fault_broke"), e));
        }
        finally
        {
            await ended.CancelAsync();
            await beats;
            await notice.PublishAsync(CancellationToken.None);
        }
    }

    /// <summary>Fetches the item in its language, or in a better one that came up while it waited; where that is gone, in the next one of the profile that the source offers.</summary>
    private async Task FetchAsync(DownloadQueueItem item, DownloadClaim claim, LeaseGuard lease, CancellationToken cancellationToken)
    {
        while (claims.IsShared && await claims.IsRemovedElsewhereAsync(item, cancellationToken))
        {
            await Task.Delay(LookEvery, time, cancellationToken);
        }

        var episode = await EpisodeOfAsync(item, cancellationToken);
        if (languages.InsteadOf(item, episode) is { } better)
        {
            await languages.ChangeAsync(item, claim, better, cancellationToken);
        }

        while (true)
        {
            try
            {
                await FetchAsync(item, claim, lease, episode, cancellationToken);
                return;
            }
            catch (FaultException fault) when (FaultKinds.IsGone(fault) && languages.After(item, episode) is { } next)
            {
                if (!await languages.ChangeAsync(item, claim, next, cancellationToken))
                {
                    throw;
                }

                logger.LogInformation(
                    "{Key} {Season}x{Number} is gone ({Code}); taken in {Language}", item.SeriesKey, item.Season, item.Number, fault.Code, next);
            }
        }
    }

    private async Task FetchAsync(
        DownloadQueueItem item, DownloadClaim claim, LeaseGuard lease, Episode episode, CancellationToken cancellationToken)
    {
        var target = await TargetAsync(item, episode, cancellationToken);
        if (health.RestOf(HostersOf(item, episode)) is { } rest)
        {
            // Said before the catalogue is asked for links that lead nowhere now.
            throw rest;
        }

        if (sites.RestOf(episode.Series.Provider, SitePages.Episode) is { } siteRests)
        {
            throw siteRests;
        }

        var retries = 0;
        var fetched = await app.DownloadAsync(
            new EpisodeOrder
            {
                Provider = episode.Series.Provider,
                Episode = new(item.SeriesKey, item.Season, item.Number),
                Language = item.Language,
                TargetPath = target.AbsolutePath,
                Options = targets.Options(() => active.IsPaused, _ => Interlocked.Increment(ref retries)) with
                {
                    MayWrite = lease.MayWrite,
                    MayFinish = lease.RenewAsync,
                    TakesOver = claims.IsShared,
                },
                OperationId = item.Id,
                Folder = episode.Series.Folder,
                FirstHoster = FirstHoster(item),
                TotalBytes = item.TotalBytes ?? 0,
                DownloadedBytes = item.DownloadedBytes,
                Percent = item.Percent,
                HosterChosen = async hoster =>
                {
                    if (!await claims.SetSourceAsync(claim, hoster, target.RelativePath, cancellationToken))
                    {
                        // Removed or another's by now: it is told to stop before a byte is written.
                        await lease.RenewAsync(cancellationToken);
                        cancellationToken.ThrowIfCancellationRequested();
                    }

                    await notice.PublishAsync(cancellationToken);
                },
            },
            cancellationToken);
        var path = target.RelativePath + Path.GetExtension(fetched.Media.Path);
        await outcomes.CompletedAsync(item, claim, episode, fetched, path, retries);
    }

    private async Task<Episode> EpisodeOfAsync(DownloadQueueItem item, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Episodes.AsNoTracking()
            .Include(e => e.Series)
            .Include(e => e.Availability)
            .Include(e => e.Files)
            .AsSplitQuery()
            .SingleOrDefaultAsync(
                e => e.Series.Key == item.SeriesKey && e.Season == item.Season && e.Number == item.Number, cancellationToken)
            ?? throw new FaultException(
                FaultCode.LanguageMissing, new Sentence("fault_episode_gone", item.SeriesName));
    }

    private async Task<TargetPath> TargetAsync(DownloadQueueItem item, Episode episode, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await targets.MakeAsync(database, episode, item.Language, cancellationToken);
    }

    /// <summary>Who has brought a part of it, or whom the user asked for: one that has brought nothing yet and has not failed either.</summary>
    private static string? FirstHoster(DownloadQueueItem item) =>
        item.DownloadedBytes > 0 || item is { Error: null, RetryCount: 0 } ? item.Hoster : null;

    /// <summary>As far as the last scan knows.</summary>
    private static IEnumerable<string> HostersOf(DownloadQueueItem item, Episode episode) =>
        episode.Availability.Where(offer => offer.Language == item.Language).SelectMany(offer => offer.Hosters);

    /// <summary>Renews the lease and stores how far the item is, until it ends.</summary>
    private async Task BeatAsync(DownloadClaim claim, LeaseGuard lease, RunningDownload running, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(BeatEvery, time);
        var renewed = time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (await TryBeatAsync(claim, lease, cancellationToken))
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
    private async Task<bool> TryBeatAsync(DownloadClaim claim, LeaseGuard lease, CancellationToken cancellationToken)
    {
        try
        {
            await lease.RenewAsync(
                token => progress.LatestHere(claim.Id) is { } latest
                    ? claims.BeatAsync(claim, StatusOf(latest.Phase), latest.DownloadedBytes, latest.TotalBytes, latest.Percent, token)
                    : claims.RenewAsync(claim, token),
                cancellationToken);
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
            case StopReason.Removed when await claims.IsRemovedAsync(claim, CancellationToken.None):
                await partials.DiscardAsync(item);
                await claims.LetGoAsync(claim);
                break;
            case StopReason.Paused or StopReason.Stopped or StopReason.GivesWay:
                await claims.ReleaseAsync(claim, DownloadStatus.Pending, null, item.RetryCount, null);
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
