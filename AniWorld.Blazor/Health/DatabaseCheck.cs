using AniWorld.Data;
using AniWorld.Services.Disk;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AniWorld.Blazor.Health;

/// <summary>Whether the database answers, and lies where it is safe.</summary>
internal sealed class DatabaseCheck(DatabasePlace place, IDbContextFactory<AniWorldDbContext> databases) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.QueueSwitches.AnyAsync(cancellationToken);
        return place is DatabasePlace.File file && NetworkFileSystem.WarningOf(Path.GetDirectoryName(file.Path)!) is not null
            ? HealthCheckResult.Degraded("The data folder is on a network file system, where SQLite can lose data; move it to a local disk.")
            : HealthCheckResult.Healthy("The database answers.");
    }
}
