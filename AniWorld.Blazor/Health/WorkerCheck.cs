using AniWorld.Services.Downloads;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AniWorld.Blazor.Health;

/// <summary>Whether the queue's worker still looks at the queue.</summary>
internal sealed class WorkerCheck(WorkerPulse pulse) : IHealthCheck
{
    /// <summary>It looks every half minute; a look may wait for the database as long once or twice.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(2);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(pulse.Silence switch
        {
            null => HealthCheckResult.Unhealthy("The queue's worker has not begun yet.", data: HealthReason.Of("not_begun")),
            var silence when silence > LongestSilence =>
                HealthCheckResult.Unhealthy(
                    "The queue's worker has not looked at the queue for minutes; restart AniWorld and look at the log.", data: HealthReason.Of("silent")),
            _ => HealthCheckResult.Healthy("The queue's worker looks at the queue."),
        });
}
