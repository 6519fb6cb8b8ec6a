using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AniWorld.Blazor.Health;

internal static class HealthRegistration
{
    /// <summary>After which a check counts as failed; a mount that does not answer may take for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddHealth(this IServiceCollection services, NodeRole role = NodeRole.All, bool hasRedis = false)
    {
        services.AddSingleton<ReadinessReport>();
        services.AddSingleton<LibraryCheck>();
        var checks = services.AddHealthChecks()
            .AddCheck<DatabaseCheck>("database", HealthStatus.Unhealthy, [], Patience)
            .AddCheck<LibraryCheck>("library", HealthStatus.Unhealthy, [], Patience)
            .AddCheck<DiskCheck>("disk", HealthStatus.Unhealthy, [], Patience)
            .AddCheck<SourcesCheck>("sources", HealthStatus.Degraded, [], Patience);
        _ = role.Works()
            ? checks.AddCheck<WorkerCheck>("worker", HealthStatus.Unhealthy, [], Patience)
            : checks.AddCheck<WorkerNodesCheck>("worker", HealthStatus.Degraded, [], Patience);
        if (hasRedis)
        {
            checks.AddCheck<RedisCheck>("redis", HealthStatus.Degraded, [], Patience);
        }

        return services;
    }
}
