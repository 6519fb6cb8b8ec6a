using System.Linq.Expressions;
using AniWorld.Data;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Data.PostgreSql;
using AniWorld.Services.Configuration;
using AniWorld.Services.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Downloads;

/// <summary>A worker's hold on an item. Every write through it is refused once another worker has the item.</summary>
/// <param name="Owner">The worker.</param>
/// <param name="LeaseNumber">Grows with every claim of the item, so that an older hold is told from the present one.</param>
/// <param name="AskedAt">Shortly before it was taken, by the process's own monotonic clock.</param>
internal sealed record DownloadClaim(Guid Id, string Owner, int LeaseNumber, long AskedAt);

/// <summary>Items whose lease ran out.</summary>
/// <param name="Returned">How many are in the queue again.</param>
/// <param name="WornOut">Those that came to this as often as they may be tried, with the hold that nobody keeps any more: theirs is to fail.</param>
internal sealed record LapsedDownloads(int Returned, IReadOnlyList<(DownloadQueueItem Item, DownloadClaim Claim)> WornOut);

/// <summary>Takes items from the queue for a worker, one at a time and each for one worker only.</summary>
internal sealed class DownloadClaims(
    IDbContextFactory<AniWorldDbContext> databases, ThisNode node, LeaseClock clock, IOptionsMonitor<AniWorldOptions> options, TimeProvider time)
{
    private readonly string _owner = node.Owner;

    /// <summary>Whether another node may take an item once its lease is out.</summary>
    public bool IsShared => node.IsShared;

    /// <summary>How long a claim holds without a beat.</summary>
    public TimeSpan Lease => TimeSpan.FromSeconds(options.CurrentValue.Downloads.LeaseSeconds);

    /// <summary>
    /// Returns to the queue what a process had when it ended that worked on this data folder. That has one server at a time, so every
    /// lease of it that is found at the start is a dead one's; what other nodes have is theirs.
    /// </summary>
    public async Task<int> TakeBackAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await GiveBackAsync(
            Abandoned(database.Downloads.Where(
                i => DownloadStatuses.Active.Contains(i.Status) && i.LeaseOwner != _owner && (i.LeaseOwner != null || !i.PausedByUser))),
            failures: 0,
            cancellationToken);
    }

    /// <summary>
    /// The same for items whose lease ran out, as when the database was full when their run ended. Each such end counts as a failure, so
    /// that an item which brings its run down every time is to end as failed.
    /// </summary>
    /// <param name="running">Those that still run here; they are left alone.</param>
    public async Task<LapsedDownloads> TakeBackLapsedAsync(IReadOnlyCollection<Guid> running, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var now = await clock.NowAsync(database, cancellationToken);
        var lapsed = database.Downloads.Where(
            i => DownloadStatuses.Active.Contains(i.Status) && i.LeaseUntil < now && !running.Contains(i.Id));
        // Hardly ever is there one, and only looking takes no write lock.
        if (!await lapsed.AnyAsync(cancellationToken))
        {
            return new LapsedDownloads(0, []);
        }

        var last = options.CurrentValue.Downloads.Attempts - 1;
        var returned = await GiveBackAsync(lapsed.Where(i => i.RetryCount < last), failures: 1, cancellationToken);
        var wornOut = await lapsed.AsNoTracking().ToListAsync(cancellationToken);
        return new LapsedDownloads(
            returned, [.. wornOut.Select(item => (item, new DownloadClaim(item.Id, item.LeaseOwner!, item.LeaseNumber, time.GetTimestamp())))]);
    }

    /// <summary>
    /// The priority of the next item that would be taken if there were a place, and was not tried before: one that failed and is to be
    /// tried again pushes nobody aside.
    /// </summary>
    public async Task<DownloadPriority?> NextNewPriorityAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Downloads
            .Where(i => i.Status == DownloadStatus.Pending && i.NextRetryAt == null && i.Error == null)
            .MaxAsync(i => (DownloadPriority?)i.Priority, cancellationToken);
    }

    /// <returns>The next item in order of (priority, position) that may run now; <see langword="null"/> when there is none.</returns>
    public async Task<(DownloadQueueItem Item, DownloadClaim Claim)?> TakeAsync(CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (database is PostgreSqlContext)
        {
            return await TakeAmongNodesAsync(database, asked, cancellationToken);
        }

        while (true)
        {
            var now = await clock.NowAsync(database, cancellationToken);
            var next = await database.Downloads.AsNoTracking()
                .Where(i => i.Status == DownloadStatus.Pending && (i.NextRetryAt == null || i.NextRetryAt <= now))
                .InQueueOrder()
                .FirstOrDefaultAsync(cancellationToken);
            if (next is null)
            {
                return null;
            }

            if (await TryTakeAsync(database, next, now, cancellationToken))
            {
                return (next, new DownloadClaim(next.Id, _owner, next.LeaseNumber + 1, asked));
            }
        }
    }

    /// <summary>When the earliest waiting item may be tried again; <see langword="null"/> when none waits for a time.</summary>
    public async Task<DateTimeOffset?> NextRetryAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Downloads
            .Where(i => i.Status == DownloadStatus.Pending && i.NextRetryAt != null)
            .MinAsync(i => i.NextRetryAt, cancellationToken);
    }

    /// <summary>Renews the lease and stores how far the item is.</summary>
    /// <returns>False when the item is no longer this claim's.</returns>
    public Task<bool> BeatAsync(
        DownloadClaim claim, DownloadStatus status, long bytes, long? total, double percent, CancellationToken cancellationToken) =>
        RenewAsync(
            claim,
            set => set.SetProperty(i => i.Status, status)
                .SetProperty(i => i.DownloadedBytes, bytes)
                .SetProperty(i => i.TotalBytes, total)
                .SetProperty(i => i.Percent, percent),
            cancellationToken);

    /// <summary>Renews the lease and nothing else.</summary>
    /// <returns>False when the item is no longer this claim's.</returns>
    public Task<bool> RenewAsync(DownloadClaim claim, CancellationToken cancellationToken) => RenewAsync(claim, _ => { }, cancellationToken);

    /// <summary>Whether the user took the item out of the queue, which ends this claim as another worker's does.</summary>
    public async Task<bool> IsRemovedAsync(DownloadClaim claim, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Removed(database, claim).AnyAsync(cancellationToken);
    }

    /// <summary>Lets go of an item that was removed, once nothing of it is written any more: it may be put back then.</summary>
    public async Task LetGoAsync(DownloadClaim claim)
    {
        await using var database = await databases.CreateDbContextAsync();
        await Removed(database, claim).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.LeaseOwner, (string?)null).SetProperty(i => i.LeaseUntil, (DateTimeOffset?)null));
    }

    /// <summary>Whether a worker has the item still, removed or not.</summary>
    public async Task<bool> IsHeldAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await (await HeldBySomebodyAsync(database, cancellationToken)).AnyAsync(i => i.Id == id, cancellationToken);
    }

    /// <summary>Whether a worker has another item still that was removed and is of the same episode: it may write to the same files.</summary>
    public async Task<bool> IsRemovedElsewhereAsync(DownloadQueueItem item, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await (await HeldBySomebodyAsync(database, cancellationToken)).AnyAsync(
            i => i.DeletedAt != null && i.Id != item.Id && i.SeriesKey == item.SeriesKey && i.Season == item.Season && i.Number == item.Number,
            cancellationToken);
    }

    /// <summary>Whether an outcome of this claim is stored, for one whose answer was lost.</summary>
    public Task<bool> HasEndedAsync(
        AniWorldDbContext database, DownloadClaim claim, Expression<Func<DownloadQueueItem, bool>> outcome, CancellationToken cancellationToken = default) =>
        database.Downloads.Where(i => i.Id == claim.Id && i.LeaseNumber == claim.LeaseNumber && i.LeaseOwner == null).AnyAsync(outcome, cancellationToken);

    /// <summary>Whether the user paused an item, perhaps just when it was taken.</summary>
    public async Task<bool> IsPausedAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Downloads.AnyAsync(i => i.Id == id && i.PausedByUser, cancellationToken);
    }

    /// <summary>Gives the item back.</summary>
    /// <param name="status">From now on; what would wait is paused instead, where the user said so meanwhile.</param>
    /// <param name="hoster">Whom the error is about; <see langword="null"/> leaves the one before.</param>
    /// <returns>False when the item is no longer this claim's.</returns>
    public async Task<bool> ReleaseAsync(
        DownloadClaim claim, DownloadStatus status, string? error, int retryCount, DateTimeOffset? nextRetryAt, string? hoster = null,
        CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await ReleaseAsync(database, claim, status, error, retryCount, nextRetryAt, hoster, cancellationToken);
    }

    /// <summary>The same in the caller's transaction.</summary>
    /// <inheritdoc cref="ReleaseAsync(DownloadClaim, DownloadStatus, string?, int, DateTimeOffset?, string?, CancellationToken)"/>
    public Task<bool> ReleaseAsync(
        AniWorldDbContext database, DownloadClaim claim, DownloadStatus status, string? error, int retryCount, DateTimeOffset? nextRetryAt,
        string? hoster = null, CancellationToken cancellationToken = default) =>
        WriteAsync(
            database,
            claim,
            set => set.SetProperty(i => i.Status, i => status == DownloadStatus.Pending && i.PausedByUser ? DownloadStatus.Paused : status)
                .SetProperty(i => i.Error, error)
                .SetProperty(i => i.Hoster, i => hoster ?? i.Hoster)
                .SetProperty(i => i.RetryCount, retryCount)
                .SetProperty(i => i.NextRetryAt, nextRetryAt)
                .SetProperty(i => i.LeaseOwner, (string?)null)
                .SetProperty(i => i.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);

    /// <summary>Marks the item completed, in the caller's transaction.</summary>
    /// <returns>False when the item is no longer this claim's.</returns>
    public async Task<bool> CompleteAsync(
        AniWorldDbContext database, DownloadClaim claim, FetchedEpisode fetched, string path, int retryCount)
    {
        var now = time.GetUtcNow();
        var size = fetched.Media.Size;
        return await Held(database, claim).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.Status, DownloadStatus.Completed)
                .SetProperty(i => i.Hoster, i => fetched.Hoster ?? i.Hoster)
                .SetProperty(i => i.FilePath, path)
                .SetProperty(i => i.RetryCount, retryCount)
                .SetProperty(i => i.DownloadedBytes, size)
                .SetProperty(i => i.TotalBytes, size)
                .SetProperty(i => i.Percent, 100)
                .SetProperty(i => i.MeanSpeed, fetched.Speed)
                .SetProperty(i => i.CompletedAt, now)
                .SetProperty(i => i.UpdatedAt, now)
                .SetProperty(i => i.LeaseOwner, (string?)null)
                .SetProperty(i => i.LeaseUntil, (DateTimeOffset?)null)) == 1;
    }

    /// <summary>The stream is found and its transfer begins.</summary>
    /// <returns>False when the item is no longer this claim's.</returns>
    public Task<bool> SetSourceAsync(DownloadClaim claim, string hoster, string filePath, CancellationToken cancellationToken) =>
        WriteAsync(
            claim,
            set => set.SetProperty(i => i.Status, DownloadStatus.Downloading)
                .SetProperty(i => i.Hoster, hoster)
                .SetProperty(i => i.FilePath, filePath),
            cancellationToken);

    /// <summary>From now on the item is for another language; what is on disk was for the one before.</summary>
    /// <returns>False when the item is no longer this claim's.</returns>
    /// <exception cref="Exception">With <c>IsUniqueViolation</c>: the episode is queued in that language already.</exception>
    public Task<bool> SetLanguageAsync(DownloadClaim claim, Language language, CancellationToken cancellationToken) =>
        WriteAsync(
            claim,
            set => set.SetProperty(i => i.Language, language)
                .SetProperty(i => i.Hoster, (string?)null)
                .SetProperty(i => i.FilePath, (string?)null),
            cancellationToken);

    /// <summary>What the user paused stays paused, and nobody's.</summary>
    private static Task<int> GiveBackAsync(IQueryable<DownloadQueueItem> items, int failures, CancellationToken cancellationToken) =>
        items.ExecuteUpdateAsync(
            set => set.SetProperty(i => i.Status, i => i.PausedByUser ? DownloadStatus.Paused : DownloadStatus.Pending)
                .SetProperty(i => i.RetryCount, i => i.RetryCount + failures)
                .SetProperty(i => i.LeaseOwner, (string?)null)
                .SetProperty(i => i.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);

    private IQueryable<DownloadQueueItem> Abandoned(IQueryable<DownloadQueueItem> items)
    {
        if (!node.IsShared)
        {
            return items;
        }

        var own = node.OwnerPrefix;
        return items.Where(i => i.LeaseOwner == null || i.LeaseOwner.StartsWith(own));
    }

    /// <summary>
    /// Takes the next item that nobody else is just changing, unless all nodes together have as many as may run at once. That they are
    /// counted and taken under one lock is what keeps two nodes from taking the last place both.
    /// </summary>
    private async Task<(DownloadQueueItem Item, DownloadClaim Claim)?> TakeAmongNodesAsync(
        AniWorldDbContext database, long asked, CancellationToken cancellationToken)
    {
        await using var transaction = await database.LockAsync(QueueLock.Claiming, cancellationToken);
        var now = await clock.NowAsync(database, cancellationToken);
        var running = await database.Downloads.CountAsync(
            i => DownloadStatuses.Active.Contains(i.Status) && i.LeaseOwner != null && i.LeaseUntil >= now, cancellationToken);
        if (running >= options.CurrentValue.Downloads.Parallel)
        {
            return null;
        }

        var next = await database.Downloads
            .FromSql($"""
                SELECT * FROM "Downloads"
                WHERE "DeletedAt" IS NULL AND "Status" = 'Pending' AND ("NextRetryAt" IS NULL OR "NextRetryAt" <= {now})
                ORDER BY "Priority" DESC, "Position", "Id" LIMIT 1
                FOR UPDATE SKIP LOCKED
                """)
            .IgnoreQueryFilters()
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        if (next is not [var item] || !await TryTakeAsync(database, item, now, cancellationToken))
        {
            return null;
        }

        await transaction!.CommitAsync(cancellationToken);
        return (item, new DownloadClaim(item.Id, _owner, item.LeaseNumber + 1, asked));
    }

    private async Task<bool> TryTakeAsync(AniWorldDbContext database, DownloadQueueItem next, DateTimeOffset now, CancellationToken cancellationToken) =>
        await database.Downloads
            .Where(i => i.Id == next.Id && i.Status == DownloadStatus.Pending && i.LeaseNumber == next.LeaseNumber)
            .ExecuteUpdateAsync(
                set => set.SetProperty(i => i.Status, DownloadStatus.Resolving)
                    .SetProperty(i => i.LeaseOwner, _owner)
                    .SetProperty(i => i.LeaseUntil, now + Lease)
                    .SetProperty(i => i.LeaseNumber, next.LeaseNumber + 1)
                    .SetProperty(i => i.StartedAt, i => i.StartedAt ?? now)
                    .SetProperty(i => i.NextRetryAt, (DateTimeOffset?)null)
                    .SetProperty(i => i.Error, (string?)null)
                    .SetProperty(i => i.UpdatedAt, now),
                cancellationToken) == 1;

    private async Task<bool> RenewAsync(
        DownloadClaim claim, Action<UpdateSettersBuilder<DownloadQueueItem>> change, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var until = await clock.NowAsync(database, cancellationToken) + Lease;
        return await WriteAsync(
            database,
            claim,
            set =>
            {
                change(set);
                set.SetProperty(i => i.LeaseUntil, until);
            },
            cancellationToken);
    }

    private async Task<bool> WriteAsync(
        DownloadClaim claim, Action<UpdateSettersBuilder<DownloadQueueItem>> change, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await WriteAsync(database, claim, change, cancellationToken);
    }

    private async Task<bool> WriteAsync(
        AniWorldDbContext database, DownloadClaim claim, Action<UpdateSettersBuilder<DownloadQueueItem>> change, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await Held(database, claim).ExecuteUpdateAsync(
                set =>
                {
                    change(set);
                    set.SetProperty(i => i.UpdatedAt, now);
                },
                cancellationToken) == 1;
    }

    private static IQueryable<DownloadQueueItem> Held(AniWorldDbContext database, DownloadClaim claim) =>
        database.Downloads.Where(i => i.Id == claim.Id && i.LeaseNumber == claim.LeaseNumber && i.LeaseOwner == claim.Owner);

    private static IQueryable<DownloadQueueItem> Removed(AniWorldDbContext database, DownloadClaim claim) =>
        database.Downloads.IgnoreQueryFilters().Where(i => i.Id == claim.Id && i.LeaseNumber == claim.LeaseNumber && i.DeletedAt != null);

    private async Task<IQueryable<DownloadQueueItem>> HeldBySomebodyAsync(AniWorldDbContext database, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(database, cancellationToken);
        return database.Downloads.IgnoreQueryFilters().Where(i => i.LeaseOwner != null && i.LeaseUntil >= now);
    }
}

internal static class QueueOrder
{
    /// <summary>High priority first, then by position; the id only makes the order total.</summary>
    public static IOrderedQueryable<DownloadQueueItem> InQueueOrder(this IQueryable<DownloadQueueItem> items) =>
        items.OrderByDescending(i => i.Priority).ThenBy(i => i.Position).ThenBy(i => i.Id);
}
