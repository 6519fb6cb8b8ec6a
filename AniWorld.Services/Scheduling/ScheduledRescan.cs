using AniWorld.Data.Library;
using AniWorld.Services.Library;

namespace AniWorld.Services.Scheduling;

/// <summary>The scan that the clock starts: the whole disk, and of the catalogue what is due anyway.</summary>
internal sealed class ScheduledRescan(ScanService scans) : IScheduledWork
{
    public string Name => JobNames.LibraryRescan;

    /// <remarks>Shown only: this job goes by <c>scheduler.schedule_time</c> and its neighbours.</remarks>
    public string Cron => "0 0 3 ? * *";

    public async Task<WorkOutcome> RunAsync(CancellationToken cancellationToken)
    {
        using var ending = cancellationToken.Register(() => scans.Cancel());
        return await scans.RunAsync(onlyDue: true, cancellationToken: cancellationToken) switch
        {
            null => new WorkOutcome.Skipped(new Sentence("job_scan_running")),
            { State: ScanState.Completed } run => new WorkOutcome.Done(new Sentence("job_scanned", run.Files, run.Missing)),
            { } run => throw new InvalidOperationException(run.Message ?? $"The scan was {run.State}."),
        };
    }
}
