using System.Linq.Expressions;
using AniWorld.Data;
using AniWorld.Data.Downloads;
using AniWorld.Data.History;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using AniWorld.Services.Nodes.Backplane;
using AniWorld.Services.Progress;
using AniWorld.Services.Streaming;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Downloads;

/// <summary>Stores how a download ended, in one transaction with what follows from it, and then tells it.</summary>
internal sealed class DownloadOutcomes(
    DownloadClaims claims,
    EventLog log,
    Replacement replacement,
    ProgressService progress,
    IDbContextFactory<AniWorldDbContext> databases,
    IOptionsMonitor<AniWorldOptions> options,
    TimeProvider time,
    Random random,
    ILogger<DownloadOutcomes> logger)
{
    /// <summary>How soon an item that waits for a disk or a mount looks again; at most 60 seconds.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan StoreAgain = TimeSpan.FromSeconds(1);

    /// <param name="path">Of the file, below the library root.</param>
    /// <param name="retries">How often something of it was tried again in this run.</param>
    public async Task CompletedAsync(
        DownloadQueueItem item, DownloadClaim claim, Episode episode, FetchedEpisode fetched, string path, int retries)
    {
        var media = fetched.Media;
        ProgressEvent completed = new DownloadCompleted(
            item.Id, item.SeriesKey, episode.Series.Folder, item.Season, item.Number, path, media.Size, item.Language.Code);
        if (!await StoreAsync(claim, StoreCompletedAsync, i => i.Status == DownloadStatus.Completed))
        {
            // Removed, or another worker's by now. The file stays; the next scan knows what it is.
            progress.Publish(new DownloadStopped(item.Id, item.SeriesKey, item.SeriesFolder, item.Season, item.Number));
            return;
        }

        logger.LogInformation("Downloaded {Path} ({Size} bytes) from {Hoster}", path, media.Size, fetched.Hoster ?? item.Hoster);
        await replacement.AfterAsync(item, episode);
        progress.Publish(new DownloadProgressed(
            item.Id, item.SeriesKey, episode.Series.Folder, item.Season, item.Number, DownloadPhase.Processing, 100, media.Size, media.Size, 0,
            TimeSpan.Zero));
        progress.Publish(completed);
        progress.Publish(new SeriesChanged(item.SeriesKey, episode.Series.Folder));

        async Task<bool> StoreCompletedAsync(AniWorldDbContext database)
        {
            if (!await claims.CompleteAsync(database, claim, fetched, path, item.RetryCount + retries))
            {
                return false;
            }

            if (!await database.EpisodeFiles.AnyAsync(f => f.EpisodeId == episode.Id && f.Path == path))
            {
                database.Add(new EpisodeFile
                {
                    EpisodeId = episode.Id,
                    Language = item.Language,
                    Path = path,
                    Size = media.Size,
                    ModifiedAt = File.GetLastWriteTimeUtc(media.Path),
                    Verified = true,
                });
            }

            await database.Episodes.Where(e => e.Id == episode.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.RemovedByUserAt, (DateTimeOffset?)null));
            database.Add(Event(
                item, "download.completed", ("path", path), ("hoster", fetched.Hoster ?? item.Hoster ?? ""), ("language", item.Language.Code)));
            await database.SaveChangesAsync();
            completed = await log.KeepAsync(database, completed);
            return true;
        }
    }

    public async Task FailedAsync(DownloadQueueItem item, DownloadClaim claim, FaultException fault)
    {
        var settings = options.CurrentValue.Downloads;
        var kind = FaultKinds.Of(fault);
        var failures = kind is FaultKind.Waits ? item.RetryCount : item.RetryCount + 1;
        var retries = kind is FaultKind.Waits || (kind is FaultKind.Transient && failures < settings.Attempts);
        DateTimeOffset? next = retries ? time.GetUtcNow() + Wait(kind, failures, fault, settings) : null;
        ProgressEvent failed = new DownloadFailed(
            item.Id, item.SeriesKey, item.SeriesFolder, item.Season, item.Number, fault.Text, retries, next);
        if (!await StoreAsync(claim, StoreFailedAsync, i => i.Error == fault.Text))
        {
            progress.Publish(new DownloadStopped(item.Id, item.SeriesKey, item.SeriesFolder, item.Season, item.Number));
            return;
        }

        // What waits says so once, and not with every look.
        var isKnown = kind is FaultKind.Waits && item.Error?.StartsWith(fault.Code + ":", StringComparison.Ordinal) is true;
        logger.Log(
            isKnown ? LogLevel.Debug : LogLevel.Warning,
            "Download {DownloadId} of {Key} {Season}x{Number} failed with {Code}: {Message}",
            item.Id, item.SeriesKey, item.Season, item.Number, fault.Code, fault.Message);
        progress.Publish(failed);
        progress.Publish(new SeriesChanged(item.SeriesKey, item.SeriesFolder));

        async Task<bool> StoreFailedAsync(AniWorldDbContext database)
        {
            if (!await claims.ReleaseAsync(
                    database, claim, retries ? DownloadStatus.Pending : DownloadStatus.Failed, fault.Text, failures, next, (fault as HosterFault)?.Hoster))
            {
                return false;
            }

            if (!retries)
            {
                database.Add(Event(item, "download.failed", ("error", fault.Text)));
                await database.SaveChangesAsync();
            }

            failed = await log.KeepAsync(database, failed);
            return true;
        }
    }

    /// <summary>
    /// Stores an outcome in one transaction, and tries again while the database is away, as long as the lease may hold. A try whose answer was
    /// lost may have come through: what it stored is not stored twice, and not taken for another's.
    /// </summary>
    /// <param name="isStored">Tells this outcome from others of the same claim.</param>
    /// <returns>False when the item is no longer this claim's.</returns>
    private async Task<bool> StoreAsync(
        DownloadClaim claim, Func<AniWorldDbContext, Task<bool>> storeAsync, Expression<Func<DownloadQueueItem, bool>> isStored)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                await using var database = await databases.CreateDbContextAsync();
                await using var transaction = await database.Database.BeginTransactionAsync();
                if (!await storeAsync(database))
                {
                    return await claims.HasEndedAsync(database, claim, isStored);
                }

                await transaction.CommitAsync();
                return true;
            }
            catch (Exception e) when (DatabaseErrors.IsBusy(e) && time.GetElapsedTime(begun) < claims.Lease)
            {
                logger.LogWarning(e, "How download {DownloadId} ended could not be stored; trying again", claim.Id);
                await Task.Delay(StoreAgain, time);
            }
        }
    }

    private TimeSpan Wait(FaultKind kind, int failures, FaultException fault, DownloadOptions settings)
    {
        if (kind is FaultKind.Waits)
        {
            return fault.RetryAfter ?? LookAgain;
        }

        var delay = RetryDelay.After(failures, TimeSpan.FromSeconds(settings.BackoffSeconds), random.NextDouble());
        return fault.RetryAfter is { } asked && asked > delay ? asked : delay;
    }

    private static HistoryEvent Event(DownloadQueueItem item, string kind, params (string Name, string? Value)[] details) =>
        HistoryEvent.OfEpisode(kind, item.SeriesKey, item.Season, item.Number, details);
}
