using AniWorld.Blazor.Health;
using AniWorld.Services.Downloads;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Blazor.Tests.Health;

public sealed class WorkerCheckTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_worker_that_has_been_silent_for_minutes_has_failed_and_one_that_looks_again_is_well()
    {
        var pulse = new WorkerPulse(_time);
        Assert.Equal(HealthStatus.Unhealthy, await StatusAsync(pulse));

        pulse.Beat();
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HealthStatus.Healthy, await StatusAsync(pulse));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HealthStatus.Unhealthy, await StatusAsync(pulse));

        pulse.Beat();
        Assert.Equal(HealthStatus.Healthy, await StatusAsync(pulse));
    }

    private static async Task<HealthStatus> StatusAsync(WorkerPulse pulse) =>
        (await new WorkerCheck(pulse).CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken)).Status;
}
