using AniWorld.Data;
using AniWorld.Data.Scheduling;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Scheduling;

/// <summary>Runs scheduled work and remembers each run.</summary>
public sealed class JobRuns(IDbContextFactory<AniWorldDbContext> databases, TimeProvider time, ILogger<JobRuns> logger)
{
    private const string Running = "running";

    /// <summary>Runs older than this are forgotten, but for the newest.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(90);

    /// <summary>The newest run of a job; null when it never ran.</summary>
    public async Task<JobRun?> LastAsync(string job, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Newest(database, job).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Runs the work once. Its failure is remembered and logged, not thrown.</summary>
    /// <exception cref="OperationCanceledException">The server stops; the run is remembered as failed.</exception>
    public async Task<JobRun> RunAsync(IScheduledWork work, CancellationToken cancellationToken)
    {
        var run = await BeginAsync(work.Name, cancellationToken);
        try
        {
            var outcome = await work.RunAsync(cancellationToken);
            await EndAsync(run, outcome is WorkOutcome.Skipped ? "skipped" : "done", outcome.Message);
            logger.LogInformation("Job {Job} {Outcome}: {Message}", run.Job, run.Outcome, run.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await EndAsync(run, "failed", "The server stopped while this ran.");
            throw;
        }
        catch (Exception e)
        {
            logger.LogError(e, "Job {Job} failed", run.Job);
            await EndAsync(run, "failed", e.Message);
        }

        return run;
    }

    /// <summary>
    /// Whether a run was due while the server was down. Call it once at start: runs that a crash cut short are closed, and a job
    /// that never ran gets a first entry to count from.
    /// </summary>
    public async Task<bool> MissedAsync(string job, Schedule schedule, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        foreach (var unfinished in await database.JobRuns.Where(run => run.Job == job && run.Outcome == Running).ToListAsync(cancellationToken))
        {
            (unfinished.Outcome, unfinished.Message, unfinished.FinishedAt) = ("failed", "The server ended while this ran.", now);
        }

        var last = await Newest(database, job).FirstOrDefaultAsync(cancellationToken);
        if (last is null)
        {
            database.Add(new JobRun { Job = job, StartedAt = now, FinishedAt = now, Outcome = "skipped", Message = "Nothing was due before the first start." });
        }

        await database.SaveChangesAsync(cancellationToken);
        return last is not null && schedule.LastDue(now) > last.StartedAt;
    }

    private static IQueryable<JobRun> Newest(AniWorldDbContext database, string job) =>
        database.JobRuns.Where(run => run.Job == job).OrderByDescending(run => run.StartedAt).ThenByDescending(run => run.Id);

    private async Task<JobRun> BeginAsync(string job, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var run = new JobRun { Job = job, StartedAt = time.GetUtcNow(), Outcome = Running };
        database.Add(run);
        await database.SaveChangesAsync(cancellationToken);
        var oldest = run.StartedAt - Remembered;
        await database.JobRuns.Where(old => old.Job == job && old.StartedAt < oldest).ExecuteDeleteAsync(cancellationToken);
        return run;
    }

    /// <remarks>Also when the server stops: what became of the run must be kept.</remarks>
    private async Task EndAsync(JobRun run, string outcome, string message)
    {
        (run.Outcome, run.Message, run.FinishedAt) = (outcome, message, time.GetUtcNow());
        await using var database = await databases.CreateDbContextAsync();
        database.Update(run);
        await database.SaveChangesAsync();
    }
}
