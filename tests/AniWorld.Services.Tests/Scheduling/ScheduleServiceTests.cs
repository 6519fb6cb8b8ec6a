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
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 2, 0, 0, TimeSpan.Zero), Assert.Single(schedule.NextRuns(1)));

        await PutAsync(host, """{"scheduler": {"schedule_time": "04:30"}}""");

        var expected = new DateTimeOffset(2026, 3, 2, 3, 30, 0, TimeSpan.Zero);
        Assert.Equal(expected, schedule.NextRuns(1).Single());
        Assert.Equal(expected, await NextOfTheClockAsync(host));
        await PutAsync(host, """{"scheduler": {"enabled": false}}""");
        Assert.Empty(schedule.NextRuns(1));
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

    private static async Task<DateTimeOffset?> NextOfTheClockAsync(IHost host)
    {
        var scheduler = await host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler(Token);
        return (await scheduler.GetTrigger(new TriggerKey("library-rescan"), Token))?.NextFireTimeUtc;
    }

    private static async Task PutAsync(IHost host, string patch)
    {
        Assert.IsType<ConfigChange.Applied>(await host.Services.GetRequiredService<ConfigService>().PutAsync(ConfigFolder.Json(patch), Token));
        await host.Services.GetRequiredService<ScheduleService>().Following;
    }

    private IHost Server(IScheduledWork work)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<TimeProvider>(_folder.Time);
        builder.Services.AddSingleton(_folder.Data);
        builder.Services.AddSingleton<IDbContextFactory<AniWorldDbContext>>(_folder);
        builder.Services.AddProgress().AddConfiguration(_folder.Open()).AddScheduling();
        builder.Services.RemoveAll<IScheduledWork>().AddSingleton(work);
        return builder.Build();
    }

    private sealed class Work : IScheduledWork
    {
        private int _count;

        public string Name => "library-rescan";

        public int Count => _count;

        public TaskCompletionSource Ran { get; } = new();

        public Task<WorkOutcome> RunAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _count);
            Ran.TrySetResult();
            return Task.FromResult<WorkOutcome>(new WorkOutcome.Done("Scanned."));
        }
    }
}
