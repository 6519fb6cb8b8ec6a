using AniWorld.Data;
using AniWorld.Services.Housekeeping;
using AniWorld.Services.Library;
using AniWorld.Services.Nodes;
using AniWorld.Services.Policy;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Quartz;

namespace AniWorld.Services.Scheduling;

public static class SchedulingRegistration
{
    /// <summary>How often a node says that its clock goes; and how much longer the others wait before they take over what it had begun.</summary>
    private static readonly TimeSpan CheckIn = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>The clock and what it starts.</summary>
    /// <remarks>
    /// Needs series, downloads and backups. Alone, the clock keeps nothing: what is due after a restart is read off the database, and runs in
    /// the order of this list. Where nodes share a database, that is where their one clock is.
    /// </remarks>
    /// <param name="runsJobs">False where other nodes do: the clock can be looked at and set, and starts nothing here.</param>
    public static IServiceCollection AddScheduling(this IServiceCollection services, DatabasePlace? place = null, bool runsJobs = true)
    {
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always);
            if (place is DatabasePlace.Server)
            {
                quartz.UsePersistentStore(UseSharedClock);
            }
            else
            {
                quartz.UseInMemoryStore();
            }
        });
        services.AddNodeTurns();
        services.AddSingleton<JobRuns>();
        services.AddSingleton<IScheduledWork, Backups.DailyBackup>();
        services.AddSingleton<IScheduledWork, ScheduledRescan>();
        services.AddScheduledWork<CatalogueRefresh>(JobNames.CatalogueRefresh, "0 7/30 * * * ?", (refresh, token) => refresh.RunAsync(token));
        services.AddScheduledWork<GapFill>(JobNames.GapFill, "0 20 * * * ?", async (missing, token) =>
            new WorkOutcome.Done(new Sentence("job_queued", await missing.RunAsync(token))));
        services.AddScheduledWork<IntegrityCheck>(JobNames.IntegrityCheck, "0 15 5 ? * *", (check, token) => check.RunAsync(token));
        services.AddScheduledWork<CleanUp>(JobNames.CleanUp, "0 45 4 ? * *", (cleanUp, token) => cleanUp.RunAsync(token));
        services.AddHousekeeping();
        services.AddSingleton<ScheduleService>();
        services.AddHostedService(provider => provider.GetRequiredService<ScheduleService>());
        services.AddQuartzHostedService(quartz => (quartz.WaitForJobsToComplete, quartz.AutoStart) = (true, runsJobs));
        return services;
    }

    /// <summary>Each job runs on one node; what a node had begun that is gone, another one does.</summary>
    private static void UseSharedClock(IPersistentStoreBuilder store)
    {
        store.UsePostgres(source => source.DataSourceFactory = provider => provider.GetRequiredService<NpgsqlDataSource>());
        store.ConfigureStore(options => (options.StoreJobDataAsStrings, options.RecoverFiringsCancelledByShutdown) = (true, true));
        store.UseClustering(cluster => (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (CheckIn, Patience));
    }

    /// <summary>One more job: a service's method.</summary>
    /// <param name="cron">When it runs unless the configuration says otherwise, in Quartz's form.</param>
    public static IServiceCollection AddScheduledWork<TService>(
        this IServiceCollection services, string name, string cron, Func<TService, CancellationToken, Task<WorkOutcome>> run)
        where TService : class =>
        services.AddSingleton<IScheduledWork>(provider => new ServiceWork(name, cron, token => run(provider.GetRequiredService<TService>(), token)));
}
