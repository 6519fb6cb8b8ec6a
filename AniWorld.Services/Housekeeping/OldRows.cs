using AniWorld.Data;
using AniWorld.Data.Library;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Housekeeping;

/// <summary>Rows that only tell what was once.</summary>
internal sealed class OldRows(IDbContextFactory<AniWorldDbContext> databases)
{
    /// <param name="needed">The same for events by which something can still be taken back.</param>
    /// <returns>How many are gone.</returns>
    public async Task<int> ForgetAsync(DateTimeOffset before, DateTimeOffset needed, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var events = await database.History
            .Where(e => e.CreatedAt < before && (e.CreatedAt < needed || !e.Kind.EndsWith(".trashed")))
            .ExecuteDeleteAsync(cancellationToken);
        var scans = await database.ScanRuns.Where(r => r.StartedAt < before && r.State != ScanState.Running).ExecuteDeleteAsync(cancellationToken);
        var downloads = await database.Downloads.IgnoreQueryFilters().Where(i => i.DeletedAt < before).ExecuteDeleteAsync(cancellationToken);
        return events + scans + downloads;
    }
}
