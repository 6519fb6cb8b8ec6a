using AniWorld.Blazor.Dashboard;
using AniWorld.Blazor.Health;
using AniWorld.Blazor.Telemetry;
using AniWorld.Services.Backups;
using AniWorld.Services.Configuration;
using AniWorld.Services.Diagnosis;
using AniWorld.Services.Scheduling;

namespace AniWorld.Blazor.Diagnosis;

internal static class SystemRegistration
{
    /// <summary>What the pages on the server itself need: dashboard, log, health, support bundle. Needs health, diagnosis, schedule and statistics.</summary>
    public static IServiceCollection AddSystemPages(this IServiceCollection services) => services
        // What it needs of the schedule is there in a server only, and nobody but its page asks for it.
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<DashboardReader>(provider))
        .AddSingleton<LogFiles>()
        .AddSingleton<LogReader>()
        .AddSingleton<Installation>()
        .AddSingleton(provider => new SystemHealth(
            provider.GetRequiredService<ReadinessReport>(),
            provider.GetRequiredService<ConfigService>(),
            provider.GetRequiredService<BackupService>(),
            provider.GetRequiredService<ScheduleService>(),
            provider.GetRequiredService<ToolVersions>(),
            provider.GetRequiredService<DataFolder>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new SupportBundle(
            provider.GetRequiredService<Installation>(),
            provider.GetRequiredService<ToolVersions>(),
            provider.GetRequiredService<ReadinessReport>(),
            provider.GetRequiredService<Doctor>(),
            provider.GetRequiredService<ScheduleService>(),
            provider.GetRequiredService<ConfigService>(),
            provider.GetRequiredService<LogFiles>(),
            provider.GetRequiredService<DataFolder>()));
}
