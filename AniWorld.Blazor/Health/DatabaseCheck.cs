using AniWorld.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AniWorld.Blazor.Health;

/// <summary>Whether the database answers.</summary>
internal sealed class DatabaseCheck(IDbContextFactory<AniWorldDbContext> databases) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.QueueSwitches.AnyAsync(cancellationToken);
        return HealthCheckResult.Healthy("The database answers.");
    }
}
