using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace AniWorld.Services.Scheduling;

public static class SchedulingRegistration
{
    /// <summary>The clock and what it starts. What is due after a restart is read off the database, so that the clock itself keeps nothing.</summary>
    public static IServiceCollection AddScheduling(this IServiceCollection services)
    {
        services.AddQuartz(quartz => quartz.UseInMemoryStore());
        services.AddSingleton<JobRuns>();
        services.AddSingleton<IScheduledWork, ScheduledRescan>();
        services.AddSingleton<ScheduleService>();
        services.AddHostedService(provider => provider.GetRequiredService<ScheduleService>());
        services.AddQuartzHostedService(quartz => quartz.WaitForJobsToComplete = true);
        return services;
    }
}
