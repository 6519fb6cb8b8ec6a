namespace AniWorld.Services.Scheduling;

/// <summary>What the clock starts: a feature's own service, behind a name.</summary>
public interface IScheduledWork
{
    /// <summary>Of the form of a key, such as <c>library-rescan</c>: the runs are remembered under it, and <c>scheduler.jobs</c> has its settings there.</summary>
    string Name { get; }

    /// <summary>When it runs unless the configuration says otherwise, in Quartz's form.</summary>
    string Cron { get; }

    /// <summary>Does the work to its end; an exception counts as a failed run.</summary>
    Task<WorkOutcome> RunAsync(CancellationToken cancellationToken);
}
