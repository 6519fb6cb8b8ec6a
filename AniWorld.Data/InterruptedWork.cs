using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Data;

/// <summary>What was under way when a copy of a database was made.</summary>
internal static class InterruptedWork
{
    /// <summary>It is nobody's now.</summary>
    public static async Task EndAsync(AniWorldDbContext database, CancellationToken cancellationToken)
    {
        await database.ScanRuns.Where(run => run.State == ScanState.Running).ExecuteUpdateAsync(
            set => set.SetProperty(run => run.State, ScanState.Failed).SetProperty(run => run.Message, "A backup was made while it ran."),
            cancellationToken);
        await database.Downloads.Where(item => item.LeaseOwner != null && DownloadStatuses.Active.Contains(item.Status)).ExecuteUpdateAsync(
            set => set.SetProperty(item => item.Status, item => item.PausedByUser ? DownloadStatus.Paused : DownloadStatus.Pending)
                .SetProperty(item => item.LeaseNumber, item => item.LeaseNumber + 1)
                .SetProperty(item => item.LeaseOwner, (string?)null)
                .SetProperty(item => item.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);
    }
}
