using AniWorld.Data;
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

public sealed class ScheduleServiceTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConfigFolder _folder = new();

    public ScheduleServiceTests() => _folder.Settings["scheduler:time_zone"] = "Europe/Berlin";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_next_runs_follow_the_configuration()
    {
        using var host = Server(new Work());
        await host.StartAsync(Token);
        var schedule = host.Services.GetRequiredService<ScheduleService>();
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 2, 0, 0, TimeSpan.Zero), Assert.Single(schedule.NextRuns(JobNames.LibraryRescan, 1)));

        await PutAsync(host, """{"scheduler": {"schedule_time": "04:30"}}""");

        var expected = new DateTimeOffset(2026, 3, 2, 3, 30, 0, TimeSpan.Zero);
        Assert.Equal(expected, schedule.NextRuns(JobNames.LibraryRescan, 1).Single());
        Assert.Equal(expected, await NextOfTheClockAsync(host));
        await PutAsync(host, """{"scheduler": {"enabled": false}}""");
        Assert.Empty(schedule.NextRuns(JobNames.LibraryRescan, 1));
        Assert.Null(await NextOfTheClockAsync(host));
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task A_run_missed_while_the_server_was_down_is_made_up_for_once()
    {
        var work = new Work();
        using (var first = Server(work))
        {
            await first.StartAsync(Token);
            await first.StopAsync(Token);
        }

        _folder.Time.Advance(TimeSpan.FromDays(2.5));
        using var second = Server(work);
        await second.StartAsync(Token);
        await RanAsync(work);
        await second.StopAsync(Token);

        Assert.Equal(1, work.Count);
    }

    [Fact]
    public async Task A_clock_that_leaps_ahead_by_days_makes_the_missed_runs_once()
    {
        var work = new Work();
        using var host = Server(work);
        await host.StartAsync(Token);

        _folder.Time.Advance(TimeSpan.FromDays(3));
        await RanAsync(work);
        var next = await NextOfTheClockAsync(host);
        await host.StopAsync(Token);

        Assert.Equal((1, new DateTimeOffset(2026, 3, 5, 2, 0, 0, TimeSpan.Zero)), (work.Count, next));
    }

    [Fact]
    public async Task All_jobs_missed_are_made_up_for_one_after_the_other_in_their_order()
    {
        var log = new List<string>();
        Work[] works = [new("backup", log), new(log: log), new("gap-fill", log)];
        using (var first = Server(works))
        {
            await first.StartAsync(Token);
            await first.StopAsync(Token);
        }

        _folder.Time.Advance(TimeSpan.FromDays(2.5));
        using var second = Server(works);
        await second.StartAsync(Token);
        await RanAsync(works[2]);
        await second.StopAsync(Token);

        Assert.Equal(["backup", "library-rescan", "gap-fill"], log);
    }

    [Fact]
    public async Task A_job_goes_by_its_own_expression_and_can_be_switched_off()
    {
        using var host = Server(new Work("gap-fill"));
        await host.StartAsync(Token);
        var schedule = host.Services.GetRequiredService<ScheduleService>();
        Assert.Equal(At("2026-03-02T02:00Z"), schedule.NextRuns("gap-fill", 1).Single());

        await PutAsync(host, """{"scheduler": {"jobs": {"gap-fill": {"cron": "0 15 0/6 * * ?"}}}}""");
        Assert.Equal(At("2026-03-01T17:15Z"), schedule.NextRuns("gap-fill", 1).Single());
        Assert.Equal(At("2026-03-01T17:15Z"), await NextOfTheClockAsync(host, "gap-fill"));

        await PutAsync(host, """{"scheduler": {"jobs": {"gap-fill": {"enabled": false}}}}""");
        Assert.Null(await NextOfTheClockAsync(host, "gap-fill"));
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task The_switch_of_the_schedule_leaves_the_backups_alone()
    {
        using var host = Server(new Work(JobNames.DailyBackup), new Work("gap-fill"));
        await host.StartAsync(Token);

        await PutAsync(host, """{"scheduler": {"enabled": false}}""");
        var schedule = host.Services.GetRequiredService<ScheduleService>();
        Assert.NotEmpty(schedule.NextRuns(JobNames.DailyBackup, 1));
        Assert.Empty(schedule.NextRuns("gap-fill", 1));
        await PutAsync(host, """{"backup": {"enabled": false}}""");
        Assert.Empty(schedule.NextRuns(JobNames.DailyBackup, 1));
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task A_job_started_by_hand_runs_once_at_a_time_and_can_be_cancelled()
    {
        var work = new Work("gap-fill") { Ending = new TaskCompletionSource() };
        using var host = Server(work);
        await host.StartAsync(Token);
        var schedule = host.Services.GetRequiredService<ScheduleService>();

        Assert.True(await schedule.RunNowAsync("gap-fill", Token));
        await work.Ran.Task.WaitAsync(Patience, Token);
        Assert.NotNull((await schedule.ListAsync(Token)).Single().RunningSince);
        Assert.False(await schedule.RunNowAsync("gap-fill", Token));
        Assert.False(await schedule.RunNowAsync("unknown", Token));
        var runs = host.Services.GetRequiredService<JobRuns>();
        var ended = new TaskCompletionSource();
        runs.Changed += job => _ = runs.RunningSince(job) is null && ended.TrySetResult();
        Assert.True(await schedule.CancelAsync("gap-fill", Token));
        await ended.Task.WaitAsync(Patience, Token);
        await host.StopAsync(Token);

        Assert.Equal(("cancelled", 1), ((await schedule.ListAsync(Token)).Single().Last!.Outcome, work.Count));
    }

    [Fact]
    public async Task A_clock_put_back_by_a_year_brings_the_next_run_forward()
    {
        var work = new Work();
        using var host = Server(work);
        await host.StartAsync(Token);
        Assert.Equal(At("2026-03-02T02:00Z"), await NextOfTheClockAsync(host));

        _folder.Time.AdjustTime(At("2025-03-01T12:00Z"));
        await UntilNextIsAsync(host, At("2025-03-02T02:00Z"));
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task A_clock_put_back_by_an_hour_runs_nothing_twice()
    {
        var work = new Work();
        using var host = Server(work);
        await host.StartAsync(Token);
        _folder.Time.Advance(At("2026-03-02T02:00:01Z") - _folder.Time.GetUtcNow());
        await RanAsync(work);

        _folder.Time.AdjustTime(_folder.Time.GetUtcNow().AddHours(-1));
        _folder.Time.Advance(TimeSpan.FromMinutes(2));
        await UntilNextIsAsync(host, At("2026-03-03T02:00Z"));
        await host.StopAsync(Token);

        Assert.Equal(1, work.Count);
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);

    private async Task UntilNextIsAsync(IHost host, DateTimeOffset expected)
    {
        using var step = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        using var patience = new CancellationTokenSource(Patience);
        while (await NextOfTheClockAsync(host) != expected)
        {
            _folder.Time.Advance(TimeSpan.FromSeconds(10));
            await step.WaitForNextTickAsync(patience.Token);
        }
    }

    /// <summary>The clock waits on the injected time, which therefore has to go on, in steps too small to reach the next due time.</summary>
    private async Task RanAsync(Work work)
    {
        using var step = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        using var patience = new CancellationTokenSource(Patience);
        while (!work.Ran.Task.IsCompleted)
        {
            _folder.Time.Advance(TimeSpan.FromMilliseconds(10));
            await step.WaitForNextTickAsync(patience.Token);
        }
    }

    private static async Task<DateTimeOffset?> NextOfTheClockAsync(IHost host, string job = JobNames.LibraryRescan)
    {
        var scheduler = await host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler(Token);
        return (await scheduler.GetTrigger(new TriggerKey(job), Token))?.NextFireTimeUtc;
    }

    private static async Task PutAsync(IHost host, string patch)
    {
        Assert.IsType<ConfigChange.Applied>(await host.Services.GetRequiredService<ConfigService>().PutAsync(ConfigFolder.Json(patch), Token));
        await host.Services.GetRequiredService<ScheduleService>().Following;
    }

    private IHost Server(params IScheduledWork[] works)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<TimeProvider>(_folder.Time);
        builder.Services.AddSingleton(_folder.Data);
        builder.Services.AddSingleton<IDbContextFactory<AniWorldDbContext>>(_folder);
        builder.Services.AddProgress().AddConfiguration(_folder.Open()).AddScheduling();
        builder.Services.RemoveAll<IScheduledWork>();
        foreach (var work in works)
        {
            builder.Services.AddSingleton(work);
        }

        return builder.Build();
    }

    private sealed class Work(string name = JobNames.LibraryRescan, List<string>? log = null) : IScheduledWork
    {
        private int _count;

        public string Name => name;

        public string Cron => "0 0 3 ? * *";

        public int Count => _count;

        public TaskCompletionSource Ran { get; } = new();

        /// <summary>Ends the run, which otherwise ends at once.</summary>
        public TaskCompletionSource? Ending { get; init; }

        public async Task<WorkOutcome> RunAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _count);
            log?.Add(name);
            Ran.TrySetResult();
            await (Ending?.Task ?? Task.CompletedTask).WaitAsync(cancellationToken);
            return new WorkOutcome.Done(Sentence.Plain("Scanned."));
        }
    }
}
