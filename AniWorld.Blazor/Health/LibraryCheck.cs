using AniWorld.Data;
using AniWorld.Services.Faults;
using AniWorld.Services.Library;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AniWorld.Blazor.Health;

/// <summary>Whether files can be written to the library. A look at a mount that does not answer is waited for, not begun anew.</summary>
internal sealed class LibraryCheck(IDbContextFactory<AniWorldDbContext> databases, LibraryAccess library) : IHealthCheck
{
    private Task _look = Task.CompletedTask;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var knowsFiles = await database.EpisodeFiles.AnyAsync(cancellationToken);
        try
        {
            if (_look.IsCompleted)
            {
                _look = Task.Run(() => library.RequireWritable(knowsFiles), CancellationToken.None);
            }

            await _look.WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy("Files can be written to the library.");
        }
        catch (FaultException fault)
        {
            return fault.Code switch
            {
                FaultCode.TargetMissing => HealthCheckResult.Unhealthy(
                    "The library folder is not there, or not the one that it was; see that its disk is mounted.", data: HealthReason.Of("missing")),
                _ => HealthCheckResult.Unhealthy(
                    "Nothing can be written to the library folder; look at its disk and who may write there.", data: HealthReason.Of("unwritable")),
            };
        }
    }
}
