using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Services.Telemetry;

public static class TelemetryRegistration
{
    /// <summary>The figures of queue, downloads, scans and sockets. Who exports them is for the host to say.</summary>
    public static IServiceCollection AddMeasurements(this IServiceCollection services) => services
        .AddMetrics()
        .AddSingleton<StateMetrics>()
        .AddHostedService<EventMetrics>();
}
