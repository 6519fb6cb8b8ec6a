using AniWorld.Data.Library;
using AniWorld.Services.Library;

namespace AniWorld.Services.Scheduling;

/// <summary>The scan that the clock starts.</summary>
internal sealed class ScheduledRescan(ScanService scans) : IScheduledWork
{
    public string Name => LibraryRescanJob.Name;

    public async Task<WorkOutcome> RunAsync(CancellationToken cancellationToken) =>
        await scans.RunAsync(cancellationToken: cancellationToken) switch
        {
            null => new WorkOutcome.Skipped("A scan was running already."),
            { State: ScanState.Completed } run => new WorkOutcome.Done($"{run.Files} files, {run.Missing} episodes missing."),
            { } run => throw new InvalidOperationException(run.Message ?? $"The scan was {run.State}."),
        };
}
