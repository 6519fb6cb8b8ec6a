using AniWorld.Data.Scheduling;

namespace AniWorld.Services.Scheduling;

/// <summary>A job as a page shows it.</summary>
/// <param name="Schedule">When it runs, or would if it were switched on.</param>
/// <param name="Next">The next times, in UTC; empty when it is switched off.</param>
/// <param name="RunningSince"><see langword="null"/> when it does not run.</param>
/// <param name="Last">The newest run that has ended; <see langword="null"/> when there was none.</param>
public sealed record JobState(
    string Name, bool IsOn, Schedule Schedule, string DefaultCron, IReadOnlyList<DateTimeOffset> Next, DateTimeOffset? RunningSince, JobRun? Last);
