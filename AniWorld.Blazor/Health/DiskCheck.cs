using AniWorld.Services.Configuration;
using AniWorld.Services.Library;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace AniWorld.Blazor.Health;

/// <summary>Whether the library's disk has more room than <c>downloads.min_free_mb</c> keeps free.</summary>
internal sealed class DiskCheck(LibraryAccess library, IOptionsMonitor<AniWorldOptions> options) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var free = await Task.Run(() => library.FreeBytes, CancellationToken.None).WaitAsync(cancellationToken);
        var reserve = (long)options.CurrentValue.Downloads.MinFreeMb << 20;
        return free switch
        {
            0 when !Directory.Exists(options.CurrentValue.AnimeDirectory) =>
                HealthCheckResult.Degraded("The library folder is not made yet, so its disk is not known.", data: HealthReason.Of("no_folder")),
            _ when free <= reserve => HealthCheckResult.Unhealthy(
                "The library's disk has no more room than downloads.min_free_mb keeps free; downloads wait until there is more.",
                data: HealthReason.Of("full")),
            _ => HealthCheckResult.Healthy("The library's disk has room."),
        };
    }
}
