using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using AniWorld.Services.Notifications;
using AniWorld.Services.Progress;
using AniWorld.Services.Scheduling;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Backups;

/// <summary>The backup that the clock starts.</summary>
internal sealed class DailyBackup(BackupService backups, IOptionsMonitor<AniWorldOptions> options, ProgressService progress) : IScheduledWork
{
    public string Name => JobNames.DailyBackup;

    /// <summary>Half an hour before the library's scan.</summary>
    public string Cron => "0 30 2 ? * *";

    public async Task<WorkOutcome> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return options.CurrentValue.Backup.Enabled
                ? new WorkOutcome.Done(new Sentence("job_backup_made", (await backups.MakeAsync(BackupReason.Daily, cancellationToken)).Name))
                : new WorkOutcome.Skipped(new Sentence("job_backups_off"));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var failed = new Sentence("notice_backup_failed", (object?)(e as FaultException)?.Sentence ?? e.Message);
            progress.Publish(new SystemNotice("error", NotificationEvents.BackupFailed, failed.ToString()));
            throw;
        }
    }
}
