using AniWorld.Services.Configuration;
using AniWorld.Services.Notifications;
using AniWorld.Services.Progress;
using AniWorld.Services.Scheduling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Quartz;

namespace AniWorld.Services.Backups;

/// <summary>The backup that the clock starts.</summary>
internal sealed class DailyBackup(BackupService backups, IOptionsMonitor<AniWorldOptions> options, ProgressService progress) : IScheduledWork
{
    public const string JobName = "daily-backup";

    public string Name => JobName;

    public async Task<WorkOutcome> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return options.CurrentValue.Backup.Enabled
                ? new WorkOutcome.Done($"{(await backups.MakeAsync(BackupReason.Daily, cancellationToken)).Name} was made.")
                : new WorkOutcome.Skipped("Backups are switched off.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            progress.Publish(new SystemNotice("error", NotificationEvents.BackupFailed, $"The nightly backup could not be made: {e.Message}"));
            throw;
        }
    }
}

/// <summary>The door from the clock to it.</summary>
[DisallowConcurrentExecution]
internal sealed class DailyBackupJob(IEnumerable<IScheduledWork> works, JobRuns runs, IHostApplicationLifetime host) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        foreach (var work in works.OfType<DailyBackup>())
        {
            await runs.RunAsync(work, stopping.Token);
        }
    }
}
