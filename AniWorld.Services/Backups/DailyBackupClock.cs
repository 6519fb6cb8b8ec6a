using AniWorld.Services.Configuration;
using AniWorld.Services.Scheduling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;

namespace AniWorld.Services.Backups;

/// <summary>Keeps the clock's entry for the daily backup: half an hour before the scan's default time, by the schedule's time zone.</summary>
/// <remarks>Whether backups are on is looked at when one is due.</remarks>
internal sealed class DailyBackupClock(
    ISchedulerFactory schedulers, IOptionsMonitor<AniWorldOptions> options, JobRuns runs, TimeProvider time, ILogger<DailyBackupClock> logger)
    : IHostedService, IDisposable
{
    private const string At = "02:30";

    private static readonly JobKey Job = new(DailyBackup.JobName);
    private static readonly TriggerKey Trigger = new(DailyBackup.JobName);

    private IDisposable? _watch;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.AddJob(
            JobBuilder.Create<DailyBackupJob>().WithIdentity(Job).StoreDurably().Build(), new AddJobOptions { Replace = true }, cancellationToken);
        var schedule = ScheduleOf(options.CurrentValue);
        await scheduler.ScheduleJob(schedule.Trigger(Trigger, Job, time), cancellationToken: cancellationToken);
        _watch = options.OnChange(changed => _ = FollowAsync(scheduler, ScheduleOf(changed)));
        if (await runs.MissedAsync(DailyBackup.JobName, schedule, cancellationToken))
        {
            await scheduler.TriggerJob(Job, cancellationToken: cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _watch?.Dispose();

    private static Schedule ScheduleOf(AniWorldOptions options) =>
        Schedule.From(new SchedulerOptions { ScheduleTime = At, TimeZone = options.Scheduler.TimeZone })!;

    /// <summary>The time zone may have changed.</summary>
    private async Task FollowAsync(IScheduler scheduler, Schedule schedule)
    {
        try
        {
            await scheduler.RescheduleJob(Trigger, schedule.Trigger(Trigger, Job, time));
        }
        catch (SchedulerException e)
        {
            logger.LogWarning(e, "The daily backup goes by the changed time zone from the next start on");
        }
    }
}
