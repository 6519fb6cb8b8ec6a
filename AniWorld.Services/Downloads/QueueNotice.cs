using AniWorld.Data;
using AniWorld.Data.Downloads;
using AniWorld.Services.Library;
using AniWorld.Services.Progress;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Downloads;

/// <summary>Counts the queue, and tells whoever listens when it changed.</summary>
internal sealed class QueueNotice(
    IDbContextFactory<AniWorldDbContext> databases, ProgressService progress, LibraryAccess library)
{
    public long FreeDiskBytes => library.FreeBytes;

    public async Task PublishAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        progress.Publish(await ReadAsync(database, cancellationToken));
    }

    public async Task<QueueChanged> ReadAsync(AniWorldDbContext database, CancellationToken cancellationToken)
    {
        var queue = await database.QueueSwitchAsync(cancellationToken);
        var groups = await database.Downloads.GroupBy(i => i.Status)
            .Select(g => new { Status = g.Key, Count = g.Count() })
            .ToListAsync(cancellationToken);
        // Bytes of those that have any: nobody has to look at each that waits.
        var bytes = await database.Downloads
            .Where(i => i.Status == DownloadStatus.Completed || DownloadStatuses.Active.Contains(i.Status))
            .GroupBy(i => i.Status)
            .Select(g => new { Status = g.Key, Done = g.Sum(i => i.DownloadedBytes), Total = g.Sum(i => i.TotalBytes ?? 0) })
            .ToListAsync(cancellationToken);
        var completed = groups.Where(g => g.Status == DownloadStatus.Completed).Sum(g => g.Count);
        var completedBytes = bytes.Where(g => g.Status == DownloadStatus.Completed).Sum(g => g.Done);
        var pending = groups.Where(g => g.Status == DownloadStatus.Pending).Sum(g => g.Count);
        var speed = await SpeedAsync(database, cancellationToken);
        var meanSize = completed > 0 ? (double)completedBytes / completed : (double?)null;
        return new QueueChanged(queue.IsRunning, queue.IsPaused, new QueueStatistics(
            groups.Where(g => g.Status != DownloadStatus.Cancelled).Sum(g => g.Count),
            pending,
            groups.Where(g => DownloadStatuses.Active.Contains(g.Status)).Sum(g => g.Count),
            completed,
            groups.Where(g => g.Status == DownloadStatus.Failed).Sum(g => g.Count),
            completedBytes,
            speed,
            Remaining(
                bytes.Where(g => g.Status != DownloadStatus.Completed).Sum(g => Math.Max(0, g.Total - g.Done)), pending, meanSize, speed),
            FreeDiskBytes));
    }

    /// <summary>Waiting items count with the mean size of finished ones; without any there is nothing to tell by.</summary>
    private static TimeSpan? Remaining(long activeBytes, int pending, double? meanSize, double speed)
    {
        if (activeBytes == 0 && pending == 0)
        {
            return TimeSpan.Zero;
        }

        return speed < 1 || (pending > 0 && meanSize is null)
            ? null
            : TimeSpan.FromSeconds(Math.Min((activeBytes + (pending * meanSize ?? 0)) / speed, TimeSpan.FromDays(365).TotalSeconds));
    }

    private async Task<double> SpeedAsync(AniWorldDbContext database, CancellationToken cancellationToken) => progress.ActiveDownloads.Sum(d => d.Speed) is > 0 and var now
        ? now
        : await database.Downloads.Where(i => i.Status == DownloadStatus.Completed && i.MeanSpeed != null)
            .OrderByDescending(i => i.CompletedAt)
            .Select(i => i.MeanSpeed)
            .FirstOrDefaultAsync(cancellationToken) ?? 0;
}
