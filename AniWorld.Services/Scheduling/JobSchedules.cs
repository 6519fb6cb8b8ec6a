using AniWorld.Services.Configuration;

namespace AniWorld.Services.Scheduling;

/// <summary>When each job runs, as the configuration says.</summary>
internal static class JobSchedules
{
    /// <returns><see langword="null"/> when it is switched off.</returns>
    public static Schedule? Of(IScheduledWork work, AniWorldOptions options) => IsOn(work.Name, options) ? Whatever(work, options) : null;

    /// <summary>The same for a job that is switched off, as it would be.</summary>
    public static Schedule Whatever(IScheduledWork work, AniWorldOptions options) => work.Name == JobNames.LibraryRescan
        ? Schedule.From(options.Scheduler with { Enabled = true })!
        : Schedule.Of(Settings(work.Name, options).Cron is { Length: > 0 } cron ? cron : work.Cron, options.Scheduler.TimeZone);

    public static bool IsOn(string job, AniWorldOptions options) => job == JobNames.DailyBackup
        ? options.Backup.Enabled
        : options.Scheduler.Enabled && Settings(job, options).Enabled;

    private static JobOptions Settings(string job, AniWorldOptions options) => options.Scheduler.Jobs.GetValueOrDefault(job) ?? new();
}
