using System.Collections.Concurrent;
using AniWorld.Data;
using AniWorld.Data.Scheduling;
using AniWorld.Services.Configuration;
using AniWorld.Services.Progress;
using AniWorld.Services.Scheduling;
using AniWorld.Services.Tests.Configuration;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace AniWorld.Services.Tests.Scheduling;

/// <summary>Two nodes with one clock, which is in the database. It goes by the real time: Quartz compares what the nodes say.</summary>
[Trait("Database", "postgresql")]
public sealed class SharedClockTests : IAsyncDisposable
{
    private const string Job = "gap-fill";
    private const string Never = "0 0 3 1 1 ? 2099";
    private const string EachSecond = "* * * * * ?";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly TestDatabase _database = TestDatabase.OnServer();
    private readonly List<ConfigFolder> _folders = [];
    private readonly List<IHost> _nodes = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.StopAsync(Token);
            node.Dispose();
        }

        _folders.ForEach(folder => folder.Dispose());
        _database.Dispose();
    }

    [Fact]
    public async Task Each_time_a_job_is_due_one_node_runs_it()
    {
        var due = new DueTimes(enough: 6);
        for (var node = 0; node < 2; node++)
        {
            await NodeAsync(new Work(), Never);
            (await _nodes[node].Services.GetRequiredService<ISchedulerFactory>().GetScheduler(Token)).ListenerManager.AddJobListener(due);
        }

        await PutAsync(_nodes[0], EachSecond);
        await due.Enough.Task.WaitAsync(Patience, Token);

        Assert.Equal(due.All.Distinct().Count(), due.All.Count);
    }

    [Fact]
    public async Task A_node_that_starts_leaves_the_clock_as_it_is()
    {
        await NodeAsync(new Work(), Never);
        var before = await EntryAsync();

        await NodeAsync(new Work(), Never);

        Assert.Equal(before, await EntryAsync());
    }

    [Fact]
    public async Task What_a_node_had_begun_that_is_gone_another_one_does()
    {
        var work = new Work(enough: 1);
        await NodeAsync(work, Never);

        await BeginOnAsync("gone");
        await work.Enough.Task.WaitAsync(Patience, Token);

        await using var database = _database.CreateDbContext();
        var lost = await database.JobRuns.OrderBy(run => run.Id).FirstAsync(Token);
        Assert.Equal(("failed", "The server ended while this ran."), (lost.Outcome, Message(lost)));
    }

    [Fact]
    public async Task A_job_started_on_one_node_is_seen_and_cancelled_on_the_other()
    {
        var ending = new TaskCompletionSource();
        var work = new Work(enough: 1) { Ending = ending };
        await NodeAsync(work, Never);
        await NodeAsync(work, Never);
        var (one, other) = (ScheduleOf(_nodes[0]), ScheduleOf(_nodes[1]));

        Assert.True(await one.RunNowAsync(Job, Token));
        await work.Enough.Task.WaitAsync(Patience, Token);
        foreach (var schedule in new[] { one, other })
        {
            Assert.NotNull(Assert.Single(await schedule.ListAsync(Token)).RunningSince);
            Assert.False(await schedule.RunNowAsync(Job, Token));
        }

        var elsewhere = _nodes[0].Services.GetRequiredService<JobRuns>().RunningSince(Job) is null ? one : other;
        Assert.True(await elsewhere.CancelAsync(Job, Token));
        await UntilEndedAsync("cancelled");
    }

    [Fact]
    public async Task What_runs_on_one_node_does_not_run_on_another_at_the_same_time()
    {
        var work = new Work(enough: 1) { Ending = new TaskCompletionSource() };
        await NodeAsync(work, Never);
        await NodeAsync(work, Never);
        var first = _nodes[0].Services.GetRequiredService<JobRuns>().RunAsync(work, Token);
        await work.Enough.Task.WaitAsync(Patience, Token);

        var second = await _nodes[1].Services.GetRequiredService<JobRuns>().RunAsync(work, Token);
        await _nodes[1].Services.GetRequiredService<JobRuns>().CloseLostAsync(Job, Token);

        Assert.Equal(("skipped", "It was running on another node."), (second.Outcome, Message(second)));
        work.Ending.SetResult();
        Assert.Equal("done", (await first).Outcome);
    }

    [Fact]
    public async Task A_node_that_stops_hands_its_job_over()
    {
        var work = new Work(enough: 2) { Ending = new TaskCompletionSource() };
        await NodeAsync(work, Never);
        Assert.True(await ScheduleOf(_nodes[0]).RunNowAsync(Job, Token));
        await work.First.Task.WaitAsync(Patience, Token);
        await NodeAsync(work, Never);

        await _nodes[0].StopAsync(Token);
        await work.Enough.Task.WaitAsync(Patience, Token);

        work.Ending.SetResult();
        await UntilEndedAsync("done");
        await using var database = _database.CreateDbContext();
        Assert.Equal("The server stopped while this ran.", Message(await database.JobRuns.OrderBy(run => run.Id).FirstAsync(Token)));
    }

    private static string Message(JobRun run) => StoredSentence.Read(run.Message!).ToString();

    private static ScheduleService ScheduleOf(IHost node) => node.Services.GetRequiredService<ScheduleService>();

    private static async Task PutAsync(IHost node, string cron)
    {
        var patch = $$$"""{"scheduler": {"jobs": {"{{{Job}}}": {"cron": "{{{cron}}}"} } } }""";
        Assert.IsType<ConfigChange.Applied>(await node.Services.GetRequiredService<ConfigService>().PutAsync(ConfigFolder.Json(patch), Token));
    }

    private async Task UntilEndedAsync(string outcome)
    {
        using var step = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var patience = new CancellationTokenSource(Patience);
        await using var database = _database.CreateDbContext();
        while (!await database.JobRuns.AnyAsync(run => run.Outcome == outcome, Token))
        {
            await step.WaitForNextTickAsync(patience.Token);
        }
    }

    private async Task<string> EntryAsync()
    {
        await using var database = _database.CreateDbContext();
        return await database.Database
            .SqlQuery<string>($"SELECT xmin || ' ' || start_time || ' ' || next_fire_time AS \"Value\" FROM qrtz_triggers").SingleAsync(Token);
    }

    /// <summary>As a node leaves it that is killed in the middle of a run.</summary>
    private async Task BeginOnAsync(string node)
    {
        var longAgo = DateTimeOffset.UtcNow.AddMinutes(-5);
        await using var database = _database.CreateDbContext();
        database.Add(new JobRun { Job = Job, StartedAt = longAgo, Outcome = "running" });
        await database.SaveChangesAsync(Token);
        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO qrtz_scheduler_state (sched_name, instance_name, last_checkin_time, checkin_interval)
                SELECT sched_name, {node}, {longAgo.UtcTicks}, 5000 FROM qrtz_job_details;
            """,
            Token);
        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO qrtz_fired_triggers (sched_name, entry_id, trigger_name, trigger_group, instance_name, fired_time, sched_time, priority, state,
                    job_name, job_group, is_nonconcurrent, requests_recovery)
                SELECT sched_name, 'entry', trigger_name, trigger_group, {node}, {longAgo.UtcTicks}, {longAgo.UtcTicks}, 5, 'EXECUTING',
                    job_name, job_group, false, true FROM qrtz_triggers
            """,
            Token);
    }

    private async Task NodeAsync(IScheduledWork work, string cron)
    {
        var folder = new ConfigFolder();
        _folders.Add(folder);
        var place = (DatabasePlace.Server)_database.Place;
        folder.Settings["database:provider"] = "postgresql";
        folder.Settings["database:connection_string"] = place.ConnectionString;
        folder.Settings[$"scheduler:jobs:{Job}:cron"] = cron;
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(folder.Data);
        builder.Services.AddDatabase(place);
        builder.Services.AddProgress().AddConfiguration(folder.Open()).AddScheduling(place);
        builder.Services.RemoveAll<IScheduledWork>();
        builder.Services.AddSingleton(work);
        var node = builder.Build();
        _nodes.Add(node);
        await node.StartAsync(Token);
    }

    /// <summary>For which moments of the clock a job was run, on either node.</summary>
    private sealed class DueTimes(int enough) : IJobListener
    {
        private readonly ConcurrentQueue<DateTimeOffset?> _times = [];

        public string Name => "due times";

        public IReadOnlyList<DateTimeOffset?> All => [.. _times];

        public TaskCompletionSource Enough { get; } = new();

        public ValueTask JobToBeExecuted(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            _times.Enqueue(context.ScheduledFireTimeUtc);
            if (_times.Count == enough)
            {
                Enough.TrySetResult();
            }

            return ValueTask.CompletedTask;
        }
    }

    private sealed class Work(int enough = int.MaxValue) : IScheduledWork
    {
        private int _count;

        public string Name => Job;

        public string Cron => Never;

        public TaskCompletionSource First { get; } = new();

        public TaskCompletionSource Enough { get; } = new();

        /// <summary>Ends the runs, which otherwise end at once.</summary>
        public TaskCompletionSource? Ending { get; init; }

        public async Task<WorkOutcome> RunAsync(CancellationToken cancellationToken)
        {
            First.TrySetResult();
            if (Interlocked.Increment(ref _count) == enough)
            {
                Enough.TrySetResult();
            }

            await (Ending?.Task ?? Task.CompletedTask).WaitAsync(cancellationToken);
            return new WorkOutcome.Done(Sentence.Plain("Done."));
        }
    }
}
