using AniWorld.Services.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;

namespace AniWorld.Services.Scheduling;

/// <summary>Keeps the clock's entry for the library's scan as the configuration says, also when that changes.</summary>
public sealed class ScheduleService(
    ISchedulerFactory schedulers,
    IOptionsMonitor<AniWorldOptions> options,
    JobRuns runs,
    TimeProvider time,
    ILogger<ScheduleService> logger) : IHostedService, IDisposable
{
    private static readonly JobKey Job = new(LibraryRescanJob.Name);
    private static readonly TriggerKey Trigger = new(LibraryRescanJob.Name);

    private readonly SemaphoreSlim _changes = new(1);
    private readonly CancellationTokenSource _stopped = new();
    private IDisposable? _watch;
    private SchedulerOptions? _inForce;
    private Task _following = Task.CompletedTask;

    /// <summary>Ends when the last change of the configuration is taken over.</summary>
    internal Task Following => _following;

    /// <summary>The schedule as configured; null when it is off.</summary>
    public Schedule? Schedule => Schedule.From(options.CurrentValue.Scheduler);

    /// <summary>When the library is scanned next, in UTC; empty when the schedule is off.</summary>
    public IReadOnlyList<DateTimeOffset> NextRuns(int count) => [.. Schedule?.Next(time.GetUtcNow(), count) ?? []];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.AddJob(
            JobBuilder.Create<LibraryRescanJob>().WithIdentity(Job).StoreDurably().Build(), new AddJobOptions { Replace = true }, cancellationToken);
        await ApplyAsync(options.CurrentValue.Scheduler, cancellationToken);
        _watch = options.OnChange(changed => _following = FollowAsync(changed.Scheduler));
        if (Schedule is { } schedule && await runs.MissedAsync(LibraryRescanJob.Name, schedule, cancellationToken))
        {
            logger.LogInformation("A scan of the library was due while the server was down; it runs now");
            await scheduler.TriggerJob(Job, cancellationToken: cancellationToken);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _watch?.Dispose();
        await _stopped.CancelAsync();
        await _following;
    }

    public void Dispose()
    {
        _watch?.Dispose();
        _stopped.Dispose();
        _changes.Dispose();
    }

    private async Task FollowAsync(SchedulerOptions changed)
    {
        try
        {
            await ApplyAsync(changed, _stopped.Token);
        }
        catch (Exception e) when (e is SchedulerException or OperationCanceledException or ObjectDisposedException)
        {
            logger.LogWarning(e, "The changed schedule takes effect at the next start");
        }
    }

    private async Task ApplyAsync(SchedulerOptions wanted, CancellationToken cancellationToken)
    {
        await _changes.WaitAsync(cancellationToken);
        try
        {
            if (Same(wanted, _inForce))
            {
                return;
            }

            var scheduler = await schedulers.GetScheduler(cancellationToken);
            await scheduler.UnscheduleJob(Trigger, cancellationToken);
            if (Schedule.From(wanted) is { } schedule && schedule.Next(time.GetUtcNow(), 1).Any())
            {
                await scheduler.ScheduleJob(schedule.Trigger(Trigger, Job, time), cancellationToken: cancellationToken);
                logger.LogInformation("The library is scanned by {Cron} in {TimeZone}", schedule.Cron, schedule.TimeZone.Id);
            }

            _inForce = wanted;
        }
        finally
        {
            _changes.Release();
        }
    }

    private static bool Same(SchedulerOptions one, SchedulerOptions? other) => other is not null
        && one with { ScheduleDays = [] } == other with { ScheduleDays = [] } && one.ScheduleDays.SequenceEqual(other.ScheduleDays);
}
