using System.Collections.Concurrent;
using AniWorld.Data;
using AniWorld.Data.Scheduling;
using AniWorld.Services.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Scheduling;

/// <summary>Runs scheduled work, each job once at a time on all nodes together, and remembers each run.</summary>
public sealed class JobRuns(IDbContextFactory<AniWorldDbContext> databases, NodeTurns turns, TimeProvider time, ILogger<JobRuns> logger)
{
    private const string Running = "running";

    /// <summary>Runs older than this are forgotten, but for the newest.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(90);

    private readonly ConcurrentDictionary<string, RunningJob> _running = new();

    /// <summary>A job began or ended, from any thread.</summary>
    public event Action<string>? Changed;

    /// <summary>The newest run of a job; null when it never ran.</summary>
    public async Task<JobRun?> LastAsync(string job, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Newest(database, job).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The newest runs of a job that have ended, the latest first.</summary>
    public async Task<IReadOnlyList<JobRun>> EndedAsync(string job, int count, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Newest(database, job).Where(run => run.Outcome != Running).Take(count).ToListAsync(cancellationToken);
    }

    /// <summary>When the run that goes on here began; null when none does.</summary>
    public DateTimeOffset? RunningSince(string job) => _running.GetValueOrDefault(job)?.StartedAt;

    /// <summary>The same on whichever node.</summary>
    public async Task<DateTimeOffset?> RunningSinceAsync(string job, CancellationToken cancellationToken = default)
    {
        if (!turns.AreShared || RunningSince(job) is not null)
        {
            return RunningSince(job);
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return (await Newest(database, job).FirstOrDefaultAsync(run => run.Outcome == Running, cancellationToken))?.StartedAt;
    }

    /// <summary>Tells a job that runs here to end.</summary>
    /// <returns>False when it does not run.</returns>
    public bool Cancel(string job)
    {
        if (!_running.TryGetValue(job, out var running))
        {
            return false;
        }

        running.Cancel();
        return true;
    }

    /// <summary>Runs the work once. Its failure is remembered and logged, not thrown. What runs already is not run a second time, which is remembered, too.</summary>
    /// <exception cref="OperationCanceledException">The server stops; the run is remembered as failed.</exception>
    public async Task<JobRun> RunAsync(IScheduledWork work, CancellationToken cancellationToken)
    {
        using var running = new RunningJob(time.GetUtcNow(), cancellationToken);
        if (!_running.TryAdd(work.Name, running))
        {
            return await SkipAsync(work.Name, new Sentence("job_running_still"), cancellationToken);
        }

        try
        {
            await using var turn = await turns.TryTakeAsync(TurnOf(work.Name), cancellationToken);
            if (turn is null)
            {
                return await SkipAsync(work.Name, new Sentence("job_running_elsewhere"), cancellationToken);
            }

            Changed?.Invoke(work.Name);
            await using var lost = turn.Lost.Register(running.Cancel);
            return await RunAsync(work, running, cancellationToken);
        }
        finally
        {
            _running.TryRemove(work.Name, out _);
            Changed?.Invoke(work.Name);
        }
    }

    /// <summary>Closes the runs of a job that a crash cut short. Where it runs, nothing is to be closed.</summary>
    public async Task CloseLostAsync(string job, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (RunningSince(job) is null && await database.JobRuns.AnyAsync(run => run.Job == job && run.Outcome == Running, cancellationToken)
            && await turns.TryTakeAsync(TurnOf(job), TimeSpan.Zero, cancellationToken) is { } turn)
        {
            await using (turn)
            {
                await CloseAsync(database, job, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Whether a run was due while the server was down. Call it once at start: runs that a crash cut short are closed, and a job
    /// that never ran gets a first entry to count from.
    /// </summary>
    public async Task<bool> MissedAsync(string job, Schedule schedule, CancellationToken cancellationToken)
    {
        await CloseLostAsync(job, cancellationToken);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        await ForgetOldAsync(database, job, now, cancellationToken);
        var last = await Newest(database, job).FirstOrDefaultAsync(cancellationToken);
        if (last is null)
        {
            database.Add(new JobRun { Job = job, StartedAt = now, FinishedAt = now, Outcome = "skipped", Message = StoredSentence.Write(new Sentence("job_first_start")) });
        }

        await database.SaveChangesAsync(cancellationToken);
        return last is not null && schedule.LastDue(now) > last.StartedAt;
    }

    private async Task<JobRun> RunAsync(IScheduledWork work, RunningJob running, CancellationToken stopping)
    {
        await CloseBeforeAsync(work.Name, stopping);
        var run = await BeginAsync(work.Name, Running, stopping);
        try
        {
            var outcome = await work.RunAsync(running.Token);
            await EndAsync(run, outcome is WorkOutcome.Skipped ? "skipped" : "done", outcome.Message);
            logger.LogInformation("Job {Job} {Outcome}: {Message}", run.Job, run.Outcome, outcome.Message);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await EndAsync(run, "failed", new Sentence("job_server_stopped"));
            throw;
        }
        catch (OperationCanceledException) when (running.Token.IsCancellationRequested)
        {
            await EndAsync(run, "cancelled", new Sentence("job_cancelled"));
        }
        catch (Exception e)
        {
            logger.LogError(e, "Job {Job} failed", run.Job);
            await EndAsync(run, "failed", new Sentence("plain", e));
        }

        return run;
    }

    private static string TurnOf(string job) => $"job/{job}";

    /// <summary>Whoever has the turn now is the only one that runs the job: other nodes' runs that are open are not.</summary>
    private async Task CloseBeforeAsync(string job, CancellationToken cancellationToken)
    {
        if (turns.AreShared)
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            await CloseAsync(database, job, cancellationToken);
        }
    }

    private async Task CloseAsync(AniWorldDbContext database, string job, CancellationToken cancellationToken)
    {
        foreach (var unfinished in await database.JobRuns.Where(run => run.Job == job && run.Outcome == Running).ToListAsync(cancellationToken))
        {
            (unfinished.Outcome, unfinished.Message, unfinished.FinishedAt) = ("failed", StoredSentence.Write(new Sentence("job_server_ended")), time.GetUtcNow());
        }

        await database.SaveChangesAsync(cancellationToken);
    }

    private static IQueryable<JobRun> Newest(AniWorldDbContext database, string job) =>
        database.JobRuns.AsNoTracking().Where(run => run.Job == job).OrderByDescending(run => run.StartedAt).ThenByDescending(run => run.Id);

    private async Task<JobRun> SkipAsync(string job, Sentence message, CancellationToken cancellationToken)
    {
        logger.LogInformation("Job {Job} was due and is skipped: {Message}", job, message);
        var run = await BeginAsync(job, "skipped", cancellationToken);
        await EndAsync(run, "skipped", message);
        return run;
    }

    private async Task<JobRun> BeginAsync(string job, string outcome, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var run = new JobRun { Job = job, StartedAt = time.GetUtcNow(), Outcome = outcome };
        database.Add(run);
        await database.SaveChangesAsync(cancellationToken);
        if (run.Id % 100 == 0)
        {
            await ForgetOldAsync(database, job, run.StartedAt, cancellationToken);
        }

        return run;
    }

    private static async Task ForgetOldAsync(AniWorldDbContext database, string job, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var oldest = now - Remembered;
        var newest = await Newest(database, job).Select(run => run.Id).FirstOrDefaultAsync(cancellationToken);
        await database.JobRuns.Where(old => old.Job == job && old.StartedAt < oldest && old.Id != newest).ExecuteDeleteAsync(cancellationToken);
    }

    /// <remarks>Also when the server stops: what became of the run must be kept.</remarks>
    private async Task EndAsync(JobRun run, string outcome, Sentence message)
    {
        (run.Outcome, run.Message, run.FinishedAt) = (outcome, StoredSentence.Write(message), time.GetUtcNow());
        await using var database = await databases.CreateDbContextAsync();
        database.Update(run);
        await database.SaveChangesAsync();
    }

    private sealed class RunningJob(DateTimeOffset startedAt, CancellationToken stopping) : IDisposable
    {
        private readonly CancellationTokenSource _cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping);

        public DateTimeOffset StartedAt => startedAt;

        public CancellationToken Token => _cancellation.Token;

        public void Cancel()
        {
            try
            {
                _cancellation.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It has ended by itself a moment ago.
            }
        }

        public void Dispose() => _cancellation.Dispose();
    }
}
