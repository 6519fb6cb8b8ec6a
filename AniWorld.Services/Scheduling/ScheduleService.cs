using System.Data.Common;
using AniWorld.Services.Configuration;
using AniWorld.Services.Nodes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;

namespace AniWorld.Services.Scheduling;

/// <summary>All that goes on by itself: keeps the clock's entries as the configuration says, also when that or the clock changes.</summary>
/// <remarks>Nodes that share a database share one clock: the entries are there, and what was due while no node was up is the clock's to know.</remarks>
public sealed class ScheduleService : BackgroundService
{
    private const int NextShown = 5;

    /// <summary>A clock that was put back by more was wrong before, and the times of the last runs with it.</summary>
    private static readonly TimeSpan LongestSetBack = TimeSpan.FromDays(1);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(20);
    private static readonly JobKey CatchUp = new("catch-up");

    private readonly ISchedulerFactory _schedulers;
    private readonly IReadOnlyList<IScheduledWork> _works;
    private readonly IOptionsMonitor<AniWorldOptions> _options;
    private readonly JobRuns _runs;
    private readonly NodeTurns _turns;
    private readonly TimeProvider _time;
    private readonly ILogger<ScheduleService> _logger;
    private readonly SemaphoreSlim _changes = new(1);
    private readonly CancellationTokenSource _stopped = new();
    private readonly Lock _gate = new();
    private IDisposable? _watch;
    private Task _following = Task.CompletedTask;
    private Task _startedByHand = Task.CompletedTask;

    public ScheduleService(
        ISchedulerFactory schedulers,
        IEnumerable<IScheduledWork> works,
        IOptionsMonitor<AniWorldOptions> options,
        JobRuns runs,
        NodeTurns turns,
        TimeProvider time,
        ILogger<ScheduleService> logger)
    {
        _schedulers = schedulers;
        _works = [.. works];
        _options = options;
        _runs = runs;
        _turns = turns;
        _time = time;
        _logger = logger;
    }

    /// <summary>Ends when the last change of the configuration is taken over.</summary>
    internal Task Following => _following;

    /// <summary>Every job, in the order in which they would run one after the other.</summary>
    public async Task<IReadOnlyList<JobState>> ListAsync(CancellationToken cancellationToken = default)
    {
        var now = _time.GetUtcNow();
        var states = new List<JobState>();
        foreach (var work in _works)
        {
            var schedule = JobSchedules.Whatever(work, _options.CurrentValue);
            var isOn = JobSchedules.IsOn(work.Name, _options.CurrentValue);
            var last = await _runs.EndedAsync(work.Name, 1, cancellationToken);
            states.Add(new JobState(
                work.Name,
                isOn,
                schedule,
                work.Cron,
                isOn ? [.. schedule.Next(now, NextShown)] : [],
                await _runs.RunningSinceAsync(work.Name, cancellationToken),
                last is [var newest] ? newest : null));
        }

        return states;
    }

    /// <summary>When a job runs next, in UTC; empty when it is off or unknown.</summary>
    public IReadOnlyList<DateTimeOffset> NextRuns(string job, int count) =>
        Work(job) is { } work && JobSchedules.Of(work, _options.CurrentValue) is { } schedule ? [.. schedule.Next(_time.GetUtcNow(), count)] : [];

    /// <summary>Starts a job now, on whichever node, and does not wait for it.</summary>
    /// <returns>False when it runs already, or there is no such job.</returns>
    public async Task<bool> RunNowAsync(string job, CancellationToken cancellationToken = default)
    {
        if (Work(job) is not { } work || await _runs.RunningSinceAsync(job, cancellationToken) is not null)
        {
            return false;
        }

        if (_turns.AreShared)
        {
            var scheduler = await _schedulers.GetScheduler(cancellationToken);
            await scheduler.TriggerJob(new JobKey(job), cancellationToken: cancellationToken);
            return true;
        }

        lock (_gate)
        {
            _startedByHand = Task.WhenAll(_startedByHand, Task.Run(() => _runs.RunAsync(work, _stopped.Token)));
        }

        return true;
    }

    /// <summary>Tells a running job to end, on whichever node.</summary>
    /// <returns>False when it does not run.</returns>
    public async Task<bool> CancelAsync(string job, CancellationToken cancellationToken = default) => _runs.Cancel(job)
        || (_turns.AreShared && await (await _schedulers.GetScheduler(cancellationToken)).Interrupt(new JobKey(job), cancellationToken));

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await _schedulers.GetScheduler(cancellationToken);
        foreach (var work in _works)
        {
            await scheduler.AddJob(
                JobBuilder.Create<WorkJob>().WithIdentity(work.Name).StoreDurably().RequestRecovery().Build(), new AddJobOptions { Replace = true }, cancellationToken);
        }

        await ApplyAsync(_options.CurrentValue, cancellationToken);
        _watch = _options.OnChange(changed => _following = FollowAsync(changed));
        await (_turns.AreShared ? CloseLostAsync(cancellationToken) : CatchUpAsync(scheduler, cancellationToken));
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _watch?.Dispose();
        await _stopped.CancelAsync();
        await base.StopAsync(cancellationToken);
        await _following;
        await _startedByHand.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    public override void Dispose()
    {
        _watch?.Dispose();
        _stopped.Dispose();
        _changes.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _time.EveryAsync(LookEvery, _turns.AreShared ? TryCloseLostAsync : LookAtClockAsync, stoppingToken);

    /// <summary>Runs that ended with their node are over.</summary>
    private async Task CloseLostAsync(CancellationToken cancellationToken)
    {
        foreach (var work in _works)
        {
            await _runs.CloseLostAsync(work.Name, cancellationToken);
        }
    }

    private async Task TryCloseLostAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CloseLostAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            _logger.LogWarning("Whether jobs ended with their node could not be looked at; it is tried again in a minute: {Reason}", e.GetBaseException().Message);
        }
    }

    /// <summary>Each job that was due while the server was down runs once, after the start.</summary>
    private async Task CatchUpAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        var missed = new List<string>();
        foreach (var work in _works)
        {
            if (JobSchedules.Of(work, _options.CurrentValue) is { } schedule && await _runs.MissedAsync(work.Name, schedule, cancellationToken))
            {
                missed.Add(work.Name);
            }
        }

        if (missed.Count > 0)
        {
            _logger.LogInformation("Due while the server was down, and run now: {Jobs}", missed);
            var job = JobBuilder.Create<CatchUpJob>().WithIdentity(CatchUp).UsingJobData(CatchUpJob.Jobs, string.Join(',', missed)).StoreDurably().Build();
            await scheduler.AddJob(job, new AddJobOptions { Replace = true }, cancellationToken);
            await scheduler.TriggerJob(CatchUp, cancellationToken: cancellationToken);
        }
    }

    private async Task FollowAsync(AniWorldOptions changed)
    {
        try
        {
            await ApplyAsync(changed, _stopped.Token);
        }
        catch (Exception e) when (e is SchedulerException or OperationCanceledException or ObjectDisposedException or DbException)
        {
            _logger.LogWarning(e, "The changed schedule takes effect at the next start");
        }
    }

    private async Task ApplyAsync(AniWorldOptions wanted, CancellationToken cancellationToken)
    {
        await _changes.WaitAsync(cancellationToken);
        try
        {
            // Another node that sets the same entry a moment later would have a job run twice that was due in between. Whoever has the turn for
            // so long is frozen, and holds nobody up.
            await using var turn = await _turns.TryTakeAsync("schedule", LongestTurn, cancellationToken);
            foreach (var work in _works)
            {
                var schedule = JobSchedules.Of(work, wanted);
                if (!await IsSetAsync(work.Name, schedule, cancellationToken))
                {
                    await SetAsync(work.Name, schedule, _time.GetUtcNow(), cancellationToken);
                }
            }
        }
        finally
        {
            _changes.Release();
        }
    }

    private async Task<bool> IsSetAsync(string job, Schedule? schedule, CancellationToken cancellationToken)
    {
        var scheduler = await _schedulers.GetScheduler(cancellationToken);
        var entry = await scheduler.GetTrigger(new TriggerKey(job), cancellationToken) as ICronTrigger;
        return entry?.CronExpressionString == schedule?.Cron && entry?.TimeZone.Id == schedule?.TimeZone.Id;
    }

    private async Task SetAsync(string job, Schedule? schedule, DateTimeOffset after, CancellationToken cancellationToken)
    {
        var scheduler = await _schedulers.GetScheduler(cancellationToken);
        var trigger = new TriggerKey(job);
        await scheduler.UnscheduleJob(trigger, cancellationToken);
        if (schedule?.Next(after, 1).Any() is true)
        {
            await scheduler.ScheduleJob(schedule.Trigger(trigger, new JobKey(job), _time, after), cancellationToken: cancellationToken);
            _logger.LogInformation("Job {Job} runs by {Cron} in {TimeZone}", job, schedule.Cron, schedule.TimeZone.Id);
        }
    }

    /// <summary>After the clock was put back, entries stand too late.</summary>
    private async Task LookAtClockAsync(CancellationToken cancellationToken)
    {
        await _changes.WaitAsync(cancellationToken);
        try
        {
            var scheduler = await _schedulers.GetScheduler(cancellationToken);
            foreach (var work in _works)
            {
                var entry = (await scheduler.GetTrigger(new TriggerKey(work.Name), cancellationToken))?.NextFireTimeUtc;
                if (entry is not null && JobSchedules.Of(work, _options.CurrentValue) is { } schedule && IsLate(entry, schedule, _time.GetUtcNow()))
                {
                    await SetBackAsync(work.Name, entry, schedule, cancellationToken);
                }
            }
        }
        catch (SchedulerException e)
        {
            _logger.LogWarning(e, "The clock's entries could not be looked at; it is tried again in a minute");
        }
        finally
        {
            _changes.Release();
        }
    }

    /// <remarks>What ran before the clock was put back does not run again when its hour comes for the second time.</remarks>
    private async Task SetBackAsync(string job, DateTimeOffset? entry, Schedule schedule, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var last = (await _runs.LastAsync(job, cancellationToken))?.StartedAt;
        var after = last > now && last - now <= LongestSetBack ? last.Value : now;
        if (IsLate(entry, schedule, after))
        {
            await SetAsync(job, schedule, after, cancellationToken);
        }
    }

    private static bool IsLate(DateTimeOffset? entry, Schedule schedule, DateTimeOffset after) =>
        schedule.Next(after, 1).ToList() is [var due] && entry > due;

    private IScheduledWork? Work(string job) => _works.FirstOrDefault(work => work.Name == job);
}
