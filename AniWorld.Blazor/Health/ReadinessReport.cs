using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AniWorld.Blazor.Health;

/// <summary>All checks at once, at most once a second however many ask: anybody may.</summary>
internal sealed class ReadinessReport(HealthCheckService checks, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<HealthReport>? _report;
    private long _begun;

    public Task<HealthReport> GetAsync()
    {
        lock (_gate)
        {
            if (_report is null || (_report.IsCompleted && time.GetElapsedTime(_begun) >= Fresh))
            {
                // For all who wait, so it does not end with one of them.
                (_begun, _report) = (time.GetTimestamp(), Task.Run(() => checks.CheckHealthAsync()));
            }

            return _report;
        }
    }
}
