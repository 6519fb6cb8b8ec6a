using AniWorld.Data;
using AniWorld.Data.Downloads;
using AniWorld.Services.Streaming;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Downloads;

/// <summary>What a user does to several downloads at once, takes back, or asks of another hoster.</summary>
public sealed class QueueEdits
{
    /// <summary>Between two looks whether another node has given an item back.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly DownloadService _downloads;
    private readonly DownloadClaims _claims;
    private readonly QueueNotice _notice;
    private readonly ActiveDownloads _active;
    private readonly PartialFiles _partials;
    private readonly HosterHealth _hosters;
    private readonly IDbContextFactory<AniWorldDbContext> _databases;
    private readonly TimeProvider _time;

    internal QueueEdits(
        DownloadService downloads, DownloadClaims claims, QueueNotice notice, ActiveDownloads active, PartialFiles partials, HosterHealth hosters,
        IDbContextFactory<AniWorldDbContext> databases, TimeProvider time)
    {
        _downloads = downloads;
        _claims = claims;
        _notice = notice;
        _active = active;
        _partials = partials;
        _hosters = hosters;
        _databases = databases;
        _time = time;
    }

    /// <summary>Changes all that are not finished.</summary>
    /// <returns>How many were changed.</returns>
    public async Task<int> ChangeAsync(IReadOnlyCollection<Guid> ids, DownloadChange change, CancellationToken cancellationToken = default)
    {
        var changed = 0;
        foreach (var id in ids)
        {
            changed += await _downloads.ChangeAsync(id, change, cancellationToken) is ChangeResult.Changed ? 1 : 0;
        }

        return changed;
    }

    /// <summary>Takes these out of the lists, as <see cref="DownloadService.RemoveAsync"/> does.</summary>
    /// <returns>Those that were there, for <see cref="PutBackAsync"/>.</returns>
    public async Task<IReadOnlyList<Guid>> RemoveAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default)
    {
        List<Guid> removed = [];
        foreach (var id in ids)
        {
            if (await _downloads.RemoveAsync(id, cancellationToken))
            {
                removed.Add(id);
            }
        }

        return removed;
    }

    /// <summary>Takes all completed, or all failed ones out of the lists.</summary>
    /// <returns>Which, for <see cref="PutBackAsync"/>.</returns>
    public async Task<IReadOnlyList<Guid>> ClearAsync(DownloadStatus status, CancellationToken cancellationToken = default)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var ids = await database.Downloads.Where(i => i.Status == status).Select(i => i.Id).ToListAsync(cancellationToken);
        return await RemoveAsync(ids, cancellationToken);
    }

    /// <summary>Brings removed items back to where they were in the queue. What they had fetched is gone, so that they begin anew.</summary>
    /// <returns>How many; one whose episode was queued anew meanwhile stays out.</returns>
    public async Task<int> PutBackAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var back = 0;
        foreach (var id in ids)
        {
            if (await _active.EndedAsync(id) && await IsLetGoAsync(id, cancellationToken))
            {
                back += await BringBackAsync(database.Downloads.IgnoreQueryFilters().Where(i => i.Id == id && i.DeletedAt != null), cancellationToken);
            }
        }

        await ChangedAsync(cancellationToken);
        return back;
    }

    /// <summary>Moves waiting items to the top or the end of all that have their priority, in the order that they have.</summary>
    public async Task MoveAsync(IReadOnlyCollection<Guid> ids, QueueEnd end, CancellationToken cancellationToken = default)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var items = await database.Downloads.Where(i => ids.Contains(i.Id) && DownloadStatuses.Open.Contains(i.Status))
            .InQueueOrder().ToListAsync(cancellationToken);
        foreach (var group in items.GroupBy(i => i.Priority))
        {
            var peers = database.Downloads.Where(i => i.Priority == group.Key && DownloadStatuses.Open.Contains(i.Status)).Select(i => i.Position);
            var place = end is QueueEnd.Top
                ? await peers.MinAsync(cancellationToken) - group.Count()
                : await peers.MaxAsync(cancellationToken) + 1;
            foreach (var item in group)
            {
                item.Position = place++;
            }
        }

        await database.SaveChangesAsync(cancellationToken);
        await ChangedAsync(cancellationToken);
    }

    /// <summary>Whom an item can be fetched from, as far as the catalogue was read; empty when it is not in the queue.</summary>
    public async Task<IReadOnlyList<HosterChoice>> HostersAsync(Guid id, CancellationToken cancellationToken = default)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        if (await database.Downloads.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, cancellationToken) is not { } item)
        {
            return [];
        }

        var offers = await database.EpisodeAvailability.AsNoTracking()
            .Where(a => a.Episode.Series.Key == item.SeriesKey && a.Episode.Season == item.Season && a.Episode.Number == item.Number
                && a.Language == item.Language && a.WithdrawnAt == null)
            .Select(a => a.Hosters)
            .ToListAsync(cancellationToken);
        return [.. offers.SelectMany(names => names).Distinct().Select(name => new HosterChoice(name, name == item.Hoster, _hosters.RestOf(name)?.RetryAfter))];
    }

    /// <summary>Lets an item begin anew, from this hoster first; the others follow when that one does not deliver.</summary>
    /// <returns>False when it is finished, gone, still in somebody's hands, or in the queue a second time.</returns>
    public async Task<bool> FetchFromAsync(Guid id, string hoster, CancellationToken cancellationToken = default)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        if (await database.Downloads.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, cancellationToken) is not { } item
            || item.Status is DownloadStatus.Completed or DownloadStatus.Cancelled)
        {
            return false;
        }

        // Held, so that nobody takes it before it is ready.
        await _downloads.ChangeAsync(id, new DownloadChange(Paused: true), cancellationToken);
        if (!await _active.EndedAsync(id) || !await IsLetGoAsync(id, cancellationToken))
        {
            await _downloads.ChangeAsync(id, new DownloadChange(Paused: item.PausedByUser), CancellationToken.None);
            return false;
        }

        await _partials.DiscardAsync(item);
        var begun = await BeginAnewAsync(database, id, hoster, cancellationToken);
        await ChangedAsync(cancellationToken);
        return begun;
    }

    /// <summary>Waits until another node that has the item has seen that it is paused or removed, and lets go of its files.</summary>
    private async Task<bool> IsLetGoAsync(Guid id, CancellationToken cancellationToken)
    {
        var begun = _time.GetTimestamp();
        while (await _claims.IsHeldAsync(id, cancellationToken))
        {
            if (_time.GetElapsedTime(begun) > ActiveDownloads.LongestEnd)
            {
                return false;
            }

            await Task.Delay(LookEvery, _time, cancellationToken);
        }

        return true;
    }

    /// <remarks>A hoster without bytes, error and attempts is one that was asked for: <see cref="DownloadRun"/> asks it first.</remarks>
    private static async Task<bool> BeginAnewAsync(AniWorldDbContext database, Guid id, string hoster, CancellationToken cancellationToken)
    {
        try
        {
            return await database.Downloads
                .Where(i => i.Id == id && (i.Status == DownloadStatus.Failed || DownloadStatuses.Open.Contains(i.Status)))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(i => i.Status, DownloadStatus.Pending)
                        .SetProperty(i => i.LeaseOwner, (string?)null)
                        .SetProperty(i => i.LeaseUntil, (DateTimeOffset?)null)
                        .SetProperty(i => i.Hoster, hoster)
                        .SetProperty(i => i.PausedByUser, false)
                        .SetProperty(i => i.DownloadedBytes, 0)
                        .SetProperty(i => i.TotalBytes, (long?)null)
                        .SetProperty(i => i.Percent, 0)
                        .SetProperty(i => i.Error, (string?)null)
                        .SetProperty(i => i.RetryCount, 0)
                        .SetProperty(i => i.NextRetryAt, (DateTimeOffset?)null),
                    cancellationToken) == 1;
        }
        catch (Exception e) when (e.IsUniqueViolation())
        {
            return false;
        }
    }

    private static async Task<int> BringBackAsync(IQueryable<DownloadQueueItem> item, CancellationToken cancellationToken)
    {
        try
        {
            return await item.ExecuteUpdateAsync(
                set => set.SetProperty(i => i.DeletedAt, (DateTimeOffset?)null)
                    .SetProperty(i => i.Status, i => i.Status != DownloadStatus.Cancelled ? i.Status : i.PausedByUser ? DownloadStatus.Paused : DownloadStatus.Pending)
                    .SetProperty(i => i.LeaseOwner, (string?)null)
                    .SetProperty(i => i.LeaseUntil, (DateTimeOffset?)null)
                    .SetProperty(i => i.DownloadedBytes, i => i.Status == DownloadStatus.Completed ? i.DownloadedBytes : 0)
                    .SetProperty(i => i.Percent, i => i.Status == DownloadStatus.Completed ? i.Percent : 0),
                cancellationToken);
        }
        catch (Exception e) when (e.IsUniqueViolation())
        {
            return 0;
        }
    }

    private async Task ChangedAsync(CancellationToken cancellationToken)
    {
        _active.Wake();
        await _notice.PublishAsync(cancellationToken);
    }
}

public enum QueueEnd
{
    Top,
    Bottom,
}

/// <summary>A hoster that offers an episode.</summary>
/// <param name="IsPresent">The item has it now, or had it last.</param>
/// <param name="Rest">How long it is still left alone; <see langword="null"/> when it is asked.</param>
public sealed record HosterChoice(string Name, bool IsPresent, TimeSpan? Rest);
