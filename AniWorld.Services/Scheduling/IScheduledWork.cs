namespace AniWorld.Services.Scheduling;

/// <summary>What a schedule starts: a feature's own service, behind a name.</summary>
public interface IScheduledWork
{
    /// <summary>As the runs are remembered under, such as <c>library-rescan</c>.</summary>
    string Name { get; }

    /// <summary>Does the work to its end; an exception counts as a failed run.</summary>
    Task<WorkOutcome> RunAsync(CancellationToken cancellationToken);
}
