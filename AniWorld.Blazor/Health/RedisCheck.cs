using AniWorld.Services.Nodes.Backplane;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AniWorld.Blazor.Health;

/// <summary>Whether Redis answers, where one is set. All works without, only later: it never makes the server unready.</summary>
internal sealed class RedisCheck(RedisState redis) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        redis.Answers
            ? HealthCheckResult.Healthy("Redis answers.")
            : HealthCheckResult.Degraded(
                "Redis does not answer; what happens on other nodes is looked up in the database until it does, so pages show it a little later.",
                data: HealthReason.Of("away")));
}
