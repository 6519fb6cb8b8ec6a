using AniWorld.Data;
using AniWorld.Data.Downloads;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Downloads;

/// <summary>The download queue: what was asked for, what runs, what became of it.</summary>
public sealed class DownloadService
{
    private const int Listed = 100;

    private readonly IDbContextFactory<AniWorldDbContext> _databases;
    private readonly Enqueuing _enqueuing;
    private readonly QueueNotice _notice;
    private readonly ActiveDownloads _active;
    private readonly PartialFiles _partials;
    private readonly DataVersion _version;
    private readonly TimeProvider _time;
    private volatile Kept? _kept;

    internal DownloadService(
        IDbContextFactory<AniWorldDbContext> databases, Enqueuing enqueuing, QueueNotice notice, ActiveDownloads active,
        PartialFiles partials, DataVersion version, TimeProvider time)
    {
        _databases = databases;
        _enqueuing = enqueuing;
        _notice = notice;
        _active = active;
        _partials = partials;
        _version = version;
        _time = time;
    }

    /// <summary>Queues episodes. One that is queued, active or on disk in that language is skipped, never doubled.</summary>
    public async Task<EnqueueResult> EnqueueAsync(EnqueueRequest request, CancellationToken cancellationToken = default)
    {
        var result = await _enqueuing.EnqueueAsync(request, cancellationToken);
        if (result.Added.Count > 0)
        {
            await ChangedAsync(cancellationToken);
        }

        return result;
    }

    /// <remarks>While nothing is active it follows from the database alone, and is kept until somebody writes to that.</remarks>
    public async Task<QueueState> StateAsync(CancellationToken cancellationToken = default)
    {
        var stamp = _version.Read();
        if (_kept is { } kept && kept.Stamp == stamp)
        {
            return kept.State with { Statistics = kept.State.Statistics with { FreeDiskBytes = _notice.FreeDiskBytes } };
        }

        var state = await ReadStateAsync(cancellationToken);
        _kept = state.Active.Count == 0 ? new Kept(stamp, state) : null;
        return state;
    }

    private async Task<QueueState> ReadStateAsync(CancellationToken cancellationToken)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var items = database.Downloads.AsNoTracking();
        var queue = await _notice.ReadAsync(database, cancellationToken);
        return new QueueState(
            queue.IsRunning,
            queue.IsPaused,
            await items.Where(i => DownloadStatuses.Active.Contains(i.Status)).InQueueOrder().ToListAsync(cancellationToken),
            await items.Where(i => i.Status == DownloadStatus.Pending).InQueueOrder().Take(Listed).ToListAsync(cancellationToken),
            await Newest(items, DownloadStatus.Completed).ToListAsync(cancellationToken),
            await Newest(items, DownloadStatus.Failed).ToListAsync(cancellationToken),
            queue.Statistics);
    }

    /// <param name="status"><see langword="null"/> for all.</param>
    /// <param name="page">From 1.</param>
    public async Task<DownloadPage> ListAsync(
        DownloadStatus? status, int page, int perPage, CancellationToken cancellationToken = default)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var items = database.Downloads.AsNoTracking().Where(i => status == null || i.Status == status);
        return new DownloadPage(
            await items.InQueueOrder().Skip((page - 1) * perPage).Take(perPage).ToListAsync(cancellationToken),
            await items.CountAsync(cancellationToken));
    }

    /// <summary>Takes an item out of the lists. An active one is cancelled and its partial files removed; the history keeps it.</summary>
    /// <returns>False when there is no such item.</returns>
    public async Task<bool> RemoveAsync(Guid id, CancellationToken cancellationToken = default)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var item = await database.Downloads.SingleOrDefaultAsync(i => i.Id == id, cancellationToken);
        if (item is null)
        {
            return false;
        }

        var now = _time.GetUtcNow();
        await database.Downloads.Where(i => i.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.Status, i => DownloadStatuses.Open.Contains(i.Status) ? DownloadStatus.Cancelled : i.Status)
                .SetProperty(i => i.DeletedAt, now),
            cancellationToken);

        // It may be ending for another reason already, and writes until then. From here on the item is gone, whether the caller waits or not.
        _active.Stop(id, StopReason.Removed);
        if (await _active.EndedAsync(id) && item.Status is not DownloadStatus.Completed)
        {
            await _partials.DiscardAsync(item);
        }

        await ChangedAsync(CancellationToken.None);
        return true;
    }

    /// <summary>Lets the queue take items again.</summary>
    public Task StartAsync(CancellationToken cancellationToken = default) =>
        SwitchAsync(queue => queue.IsRunning = true, cancellationToken);

    /// <summary>Takes no new item; active ones return to pending at a point from which they go on later.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await SwitchAsync(queue => queue.IsRunning = false, cancellationToken);
        _active.StopAll(StopReason.Stopped);
    }

    /// <summary>Active items hold their bytes and nothing moves until <see cref="ResumeAsync"/>.</summary>
    public async Task PauseAsync(CancellationToken cancellationToken = default)
    {
        _active.IsPaused = true;
        await SwitchAsync(queue => queue.IsPaused = true, cancellationToken);
    }

    public async Task ResumeAsync(CancellationToken cancellationToken = default)
    {
        await SwitchAsync(queue => queue.IsPaused = false, cancellationToken);
        _active.IsPaused = false;
    }

    /// <summary>Puts failed items back into the queue; one that is named and waits for its next try is tried at once.</summary>
    /// <param name="ids"><see langword="null"/> for all failed ones.</param>
    /// <returns>How many.</returns>
    public async Task<int> RetryAsync(IReadOnlyList<Guid>? ids = null, CancellationToken cancellationToken = default)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var failed = await database.Downloads
            .Where(i => ids == null
                ? i.Status == DownloadStatus.Failed
                : ids.Contains(i.Id) && (i.Status == DownloadStatus.Failed || (i.Status == DownloadStatus.Pending && i.NextRetryAt != null)))
            .Select(i => i.Id)
            .ToListAsync(cancellationToken);
        var retried = 0;
        foreach (var id in failed)
        {
            retried += await _enqueuing.ReopenAsync(database, id, cancellationToken) ? 1 : 0;
        }

        await ChangedAsync(cancellationToken);
        return retried;
    }

    /// <summary>Puts these items in this order. Each keeps its priority, and the places they held are shared out among them.</summary>
    public async Task ReorderAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken = default)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var items = await database.Downloads
            .Where(i => ids.Contains(i.Id) && DownloadStatuses.Open.Contains(i.Status))
            .ToListAsync(cancellationToken);
        var wanted = ids.Distinct().ToList();
        foreach (var group in items.GroupBy(i => i.Priority))
        {
            var places = group.Select(i => i.Position).Order().ToList();
            foreach (var (item, place) in group.OrderBy(i => wanted.IndexOf(i.Id)).Zip(places))
            {
                item.Position = place;
            }
        }

        await database.SaveChangesAsync(cancellationToken);
        await ChangedAsync(cancellationToken);
    }

    /// <summary>Changes an item's priority, or pauses it on its own. A paused item gives up its place and keeps its bytes.</summary>
    public async Task<ChangeResult> ChangeAsync(Guid id, DownloadChange change, CancellationToken cancellationToken = default)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var item = await database.Downloads.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, cancellationToken);
        if (item is null)
        {
            return new ChangeResult.Unknown();
        }

        var open = database.Downloads.Where(i => i.Id == id && DownloadStatuses.Open.Contains(i.Status));
        if (await open.ExecuteUpdateAsync(
                set => set.SetProperty(i => i.Priority, i => change.Priority ?? i.Priority)
                    .SetProperty(i => i.PausedByUser, i => change.Paused ?? i.PausedByUser),
                cancellationToken) == 0)
        {
            return new ChangeResult.Finished();
        }

        if (change.Priority is { } priority)
        {
            _active.SetPriority(id, priority);
        }

        if (change.Paused is true)
        {
            // One that runs becomes paused when it is given back; one that was given back a moment ago, here.
            _active.Stop(id, StopReason.Paused);
            await open.Where(i => i.Status == DownloadStatus.Pending)
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.Status, DownloadStatus.Paused), cancellationToken);
        }
        else if (change.Paused is false)
        {
            await open.Where(i => i.Status == DownloadStatus.Paused && i.LeaseOwner == null)
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.Status, DownloadStatus.Pending), cancellationToken);
        }

        await ChangedAsync(cancellationToken);
        return new ChangeResult.Changed(
            await database.Downloads.AsNoTracking().SingleAsync(i => i.Id == id, cancellationToken));
    }

    /// <returns>How many were taken off the list.</returns>
    public Task<int> ClearCompletedAsync(CancellationToken cancellationToken = default) =>
        ClearAsync(DownloadStatus.Completed, cancellationToken);

    /// <inheritdoc cref="ClearCompletedAsync"/>
    public Task<int> ClearFailedAsync(CancellationToken cancellationToken = default) =>
        ClearAsync(DownloadStatus.Failed, cancellationToken);

    private async Task<int> ClearAsync(DownloadStatus status, CancellationToken cancellationToken)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var items = await database.Downloads.Where(i => i.Status == status).ToListAsync(cancellationToken);
        database.RemoveRange(items);
        await database.SaveChangesAsync(cancellationToken);
        if (status is DownloadStatus.Failed)
        {
            foreach (var item in items)
            {
                await _partials.DiscardAsync(item);
            }
        }

        await ChangedAsync(cancellationToken);
        return items.Count;
    }

    private async Task SwitchAsync(Action<QueueSwitch> change, CancellationToken cancellationToken)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        change(await database.QueueSwitchAsync(cancellationToken));
        await database.SaveChangesAsync(cancellationToken);
        await ChangedAsync(cancellationToken);
    }

    private async Task ChangedAsync(CancellationToken cancellationToken)
    {
        _active.Wake();
        await _notice.PublishAsync(cancellationToken);
    }

    private static IQueryable<DownloadQueueItem> Newest(IQueryable<DownloadQueueItem> items, DownloadStatus status) => items
        .Where(i => i.Status == status)
        .OrderByDescending(i => i.CompletedAt ?? i.UpdatedAt)
        .Take(Listed);

    private sealed record Kept(DataStamp Stamp, QueueState State);
}
