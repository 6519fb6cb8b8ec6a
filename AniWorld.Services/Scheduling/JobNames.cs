namespace AniWorld.Services.Scheduling;

/// <summary>Names of the jobs that settings and pages treat in a way of their own.</summary>
public static class JobNames
{
    /// <summary>Goes by <c>scheduler.schedule_time</c>, <c>.schedule_days</c> and <c>.cron</c>.</summary>
    public const string LibraryRescan = "library-rescan";

    public const string CatalogueRefresh = "catalogue-refresh";

    public const string GapFill = "gap-fill";

    /// <summary>Is switched by <c>backup.enabled</c>, whatever the schedule's own switch says.</summary>
    public const string DailyBackup = "daily-backup";

    public const string IntegrityCheck = "integrity-check";

    public const string CleanUp = "clean-up";
}
