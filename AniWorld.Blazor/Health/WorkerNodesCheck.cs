using AniWorld.Services.Nodes;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AniWorld.Blazor.Health;

/// <summary>On a node that downloads nothing itself: whether one is heard of that does. Pages and the API work without, so it only warns.</summary>
internal sealed class WorkerNodesCheck(WorkerNodes workers) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await workers.AnyAsync(cancellationToken)
            ? HealthCheckResult.Healthy("The queue's worker looks at the queue.")
            : HealthCheckResult.Degraded("No worker node is heard of; nothing is downloaded until one starts.", data: HealthReason.Of("no_node"));
}
