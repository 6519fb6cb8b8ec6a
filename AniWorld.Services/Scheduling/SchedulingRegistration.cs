using AniWorld.Services.Housekeeping;
using AniWorld.Services.Library;
using AniWorld.Services.Policy;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace AniWorld.Services.Scheduling;

public static class SchedulingRegistration
{
    /// <summary>The clock and what it starts. What is due after a restart is read off the database, so that the clock itself keeps nothing.</summary>
    /// <remarks>Needs series, downloads and backups. Jobs that are missed run in the order of this list.</remarks>
    public static IServiceCollection AddScheduling(this IServiceCollection services)
    {
        services.AddQuartz(quartz => quartz.UseInMemoryStore());
        services.AddSingleton<JobRuns>();
        services.AddSingleton<IScheduledWork, Backups.DailyBackup>();
        services.AddSingleton<IScheduledWork, ScheduledRescan>();
        services.AddScheduledWork<CatalogueRefresh>(JobNames.CatalogueRefresh, "0 7/30 * * * ?", (refresh, token) => refresh.RunAsync(token));
        services.AddScheduledWork<GapFill>(JobNames.GapFill, "0 20 * * * ?", async (missing, token) =>
            new WorkOutcome.Done($"{await missing.RunAsync(token)} episodes queued."));
        services.AddScheduledWork<IntegrityCheck>(JobNames.IntegrityCheck, "0 15 5 ? * *", (check, token) => check.RunAsync(token));
        services.AddScheduledWork<CleanUp>(JobNames.CleanUp, "0 45 4 ? * *", (cleanUp, token) => cleanUp.RunAsync(token));
        services.AddHousekeeping();
        services.AddSingleton<ScheduleService>();
        services.AddHostedService(provider => provider.GetRequiredService<ScheduleService>());
        services.AddQuartzHostedService(quartz => quartz.WaitForJobsToComplete = true);
        return services;
    }

    /// <summary>One more job: a service's method.</summary>
    /// <param name="cron">When it runs unless the configuration says otherwise, in Quartz's form.</param>
    public static IServiceCollection AddScheduledWork<TService>(
        this IServiceCollection services, string name, string cron, Func<TService, CancellationToken, Task<WorkOutcome>> run)
        where TService : class =>
        services.AddSingleton<IScheduledWork>(provider => new ServiceWork(name, cron, token => run(provider.GetRequiredService<TService>(), token)));
}
