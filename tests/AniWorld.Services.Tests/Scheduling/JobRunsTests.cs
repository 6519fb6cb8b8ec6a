using AniWorld.Data.Scheduling;
using AniWorld.Services.Nodes;
using AniWorld.Services.Scheduling;
using AniWorld.Services.Tests.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace AniWorld.Services.Tests.Scheduling;

public sealed class JobRunsTests : IDisposable
{
    private static readonly Schedule At03 = Schedule.From(new() { TimeZone = "UTC" })!;

    private readonly ConfigFolder _folder = new();
    private readonly JobRuns _runs;

    public JobRunsTests() => _runs = new JobRuns(_folder, new NodeTurns(), _folder.Time, NullLogger<JobRuns>.Instance);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_is_remembered_with_what_came_of_it()
    {
        await _runs.RunAsync(new Work(_ => new WorkOutcome.Done(Sentence.Plain("Found 3."))), Token);

        var run = await _runs.LastAsync("work", Token);
        Assert.Equal(("done", "Found 3.", _folder.Time.GetUtcNow()), (run!.Outcome, Message(run), run.FinishedAt));
    }

    [Fact]
    public async Task Work_that_finds_itself_running_is_remembered_as_skipped()
    {
        await _runs.RunAsync(new Work(_ => new WorkOutcome.Skipped(Sentence.Plain("A scan runs already."))), Token);

        Assert.Equal("skipped", (await _runs.LastAsync("work", Token))!.Outcome);
    }

    [Fact]
    public async Task Work_that_fails_is_remembered_and_hurts_nobody()
    {
        await _runs.RunAsync(new Work(_ => throw new InvalidOperationException("No way.")), Token);

        var run = await _runs.LastAsync("work", Token);
        Assert.Equal(("failed", "No way."), (run!.Outcome, Message(run)));
    }

    [Fact]
    public async Task Work_that_the_end_of_the_server_cuts_short_is_remembered_as_failed()
    {
        using var stopping = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _runs.RunAsync(
            new Work(token =>
            {
                stopping.Cancel();
                token.ThrowIfCancellationRequested();
                return new WorkOutcome.Done(Sentence.Plain(""));
            }),
            stopping.Token));

        Assert.Equal("failed", (await _runs.LastAsync("work", Token))!.Outcome);
    }

    [Fact]
    public async Task What_runs_still_is_not_run_a_second_time_and_that_is_said()
    {
        var begun = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        var slow = new SlowWork(async _ =>
        {
            begun.SetResult();
            await end.Task;
        });
        var first = _runs.RunAsync(slow, Token);
        await begun.Task;

        var second = await _runs.RunAsync(slow, Token);

        Assert.Equal(("skipped", "It was running still."), (second.Outcome, Message(second)));
        Assert.NotNull(_runs.RunningSince("work"));
        end.SetResult();
        Assert.Equal("done", (await first).Outcome);
        Assert.Null(_runs.RunningSince("work"));
    }

    [Fact]
    public async Task Work_that_is_cancelled_is_remembered_as_that()
    {
        var begun = new TaskCompletionSource();
        var run = _runs.RunAsync(
            new SlowWork(async token =>
            {
                begun.SetResult();
                await Task.Delay(Timeout.Infinite, token);
            }),
            Token);
        await begun.Task;

        Assert.True(_runs.Cancel("work"));

        Assert.Equal("cancelled", (await run).Outcome);
        Assert.False(_runs.Cancel("work"));
    }

    [Fact]
    public async Task Nothing_was_missed_before_the_first_start() => Assert.False(await _runs.MissedAsync("work", At03, Token));

    [Fact]
    public async Task A_run_that_was_due_while_the_server_was_down_is_missed_once()
    {
        await _runs.MissedAsync("work", At03, Token);
        _folder.Time.Advance(TimeSpan.FromDays(3));

        Assert.True(await _runs.MissedAsync("work", At03, Token));
        await _runs.RunAsync(new Work(_ => new WorkOutcome.Done(Sentence.Plain(""))), Token);
        Assert.False(await _runs.MissedAsync("work", At03, Token));
    }

    [Fact]
    public async Task A_restart_between_two_runs_misses_nothing()
    {
        await _runs.RunAsync(new Work(_ => new WorkOutcome.Done(Sentence.Plain(""))), Token);
        _folder.Time.Advance(TimeSpan.FromHours(10));

        Assert.False(await _runs.MissedAsync("work", At03, Token));
    }

    [Fact]
    public async Task A_run_that_a_crash_left_open_is_closed_as_failed()
    {
        using (var database = _folder.CreateDbContext())
        {
            database.Add(new JobRun { Job = "work", StartedAt = _folder.Time.GetUtcNow(), Outcome = "running" });
            await database.SaveChangesAsync(Token);
        }

        await _runs.MissedAsync("work", At03, Token);

        Assert.Equal("failed", (await _runs.LastAsync("work", Token))!.Outcome);
    }

    private static string Message(JobRun run) => StoredSentence.Read(run.Message!).ToString();

    private sealed class Work(Func<CancellationToken, WorkOutcome> run) : IScheduledWork
    {
        public string Name => "work";

        public string Cron => "0 0 3 ? * *";

        public Task<WorkOutcome> RunAsync(CancellationToken cancellationToken) => Task.FromResult(run(cancellationToken));
    }

    private sealed class SlowWork(Func<CancellationToken, Task> run) : IScheduledWork
    {
        public string Name => "work";

        public string Cron => "0 0 3 ? * *";

        public async Task<WorkOutcome> RunAsync(CancellationToken cancellationToken)
        {
            await run(cancellationToken);
            return new WorkOutcome.Done(Sentence.Plain(""));
        }
    }
}
