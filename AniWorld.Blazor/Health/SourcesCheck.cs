using AniWorld.Services.Catalogue;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AniWorld.Blazor.Health;

/// <summary>How the catalogues did the last time that they were asked. Another site's trouble never makes this server unready.</summary>
internal sealed class SourcesCheck(ProviderRegistry providers, SourceHealthService health) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var used = providers.Enabled;
        var records = await health.ListAsync(SourceKind.Site, cancellationToken);
        var failing = records.Count(record => record.LastFailureAt is { } failure && !(record.LastSuccessAt >= failure)
            && used.Any(provider => provider.Name == record.Name));
        return (used.Count, failing, providers.Broken.Count) switch
        {
            (0, _, _) => HealthCheckResult.Degraded("No source is switched on; switch one on in the settings.", data: HealthReason.Of("none")),
            (var all, > 0, _) => HealthCheckResult.Degraded(
                $"{failing} of {all} sources failed the last time it was asked; the log says why.", data: HealthReason.Of("failing")),
            (_, _, > 0) => HealthCheckResult.Degraded("A site profile of your own cannot be used; the log names it.", data: HealthReason.Of("profile")),
            _ => HealthCheckResult.Healthy("No source has failed the last time that it was asked."),
        };
    }
}
