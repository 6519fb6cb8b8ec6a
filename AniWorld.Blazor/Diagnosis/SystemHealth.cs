using System.Globalization;
using AniWorld.Blazor.Health;
using AniWorld.Blazor.Layout;
using AniWorld.Blazor.Scheduling;
using AniWorld.Services.Backups;
using AniWorld.Services.Configuration;
using AniWorld.Services.Diagnosis;
using AniWorld.Services.Disk;
using AniWorld.Services.Scheduling;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AniWorld.Blazor.Diagnosis;

/// <summary>Whether all is well: what <c>/health/ready</c> says, and what only somebody who is logged in may know.</summary>
public sealed class SystemHealth
{
    private const long LittleSpace = 256L << 20;

    private static readonly TimeSpan OldBackup = TimeSpan.FromDays(3);

    private readonly ReadinessReport _readiness;
    private readonly ConfigService _configuration;
    private readonly BackupService _backups;
    private readonly ScheduleService _schedule;
    private readonly ToolVersions _tools;
    private readonly DataFolder _data;
    private readonly TimeProvider _time;

    internal SystemHealth(
        ReadinessReport readiness, ConfigService configuration, BackupService backups, ScheduleService schedule, ToolVersions tools, DataFolder data, TimeProvider time) =>
        (_readiness, _configuration, _backups, _schedule, _tools, _data, _time) = (readiness, configuration, backups, schedule, tools, data, time);

    /// <summary>What is broken first, then what should be looked at.</summary>
    public async Task<IReadOnlyList<HealthItem>> ExamineAsync(CancellationToken cancellationToken = default)
    {
        var report = await _readiness.GetAsync().WaitAsync(cancellationToken);
        List<HealthItem> items =
        [
            .. report.Entries.Select(check => Of(check.Key, check.Value)),
            Configuration(),
            DataDisk(),
            await BackupsAsync(cancellationToken),
            await TasksAsync(cancellationToken),
            .. (await _tools.ListAsync(cancellationToken)).Select(Of),
        ];
        return [.. items.OrderBy(item => item.State switch { HealthItem.Failed => 0, HealthItem.Warning => 1, _ => 2 })];
    }

    private static HealthItem Of(string check, HealthReportEntry entry)
    {
        var reason = $"{check}_{HealthReason.In(entry)}";
        return entry.Status is HealthStatus.Healthy
            ? new HealthItem(check, HealthItem.Ok, reason, Fix: null)
            : new HealthItem(check, entry.Status is HealthStatus.Degraded ? HealthItem.Warning : HealthItem.Failed, reason, FixOf(reason));
    }

    private static HealthFix FixOf(string reason) => reason switch
    {
        "library_missing" or "library_unwritable" => new HealthFix("library", "settings#library"),
        "disk_full" => new HealthFix("room", "statistics"),
        "disk_no_folder" => new HealthFix("scan", "library"),
        "sources_none" => new HealthFix("source_on", "settings#sources"),
        "sources_failing" or "sources_profile" => new HealthFix("sources", "sources"),
        "database_unknown" => HealthFix.Backups,
        _ => HealthFix.Logs,
    };

    private HealthItem Configuration() => _configuration.Warnings.Count == 0
        ? new HealthItem("configuration", HealthItem.Ok, "configuration_ok", Fix: null)
        : new HealthItem("configuration", HealthItem.Warning, "configuration_broken", HealthFix.Backups, string.Join(' ', _configuration.Warnings.Select(warning => Said.Of(warning))));

    private HealthItem DataDisk() => DiskSpace.Of(_data.Root) switch
    {
        null => new HealthItem("data_disk", HealthItem.Warning, "data_disk_unknown", HealthFix.Logs),
        { Free: < LittleSpace and var free } => new HealthItem("data_disk", HealthItem.Failed, "data_disk_low", HealthFix.Backups, Amount.Bytes(free)),
        { Free: var free } => new HealthItem("data_disk", HealthItem.Ok, "data_disk_ok", Fix: null, Amount.Bytes(free)),
    };

    private async Task<HealthItem> BackupsAsync(CancellationToken cancellationToken)
    {
        if (!_configuration.Current.Backup.Enabled)
        {
            return new HealthItem("backups", HealthItem.Warning, "backups_off", new HealthFix("backup_settings", "settings#backups"));
        }

        var last = (await Task.Run(_backups.List, cancellationToken)).FirstOrDefault(backup => backup.Parts.Contains(BackupPart.Database));
        return last is null ? new HealthItem("backups", HealthItem.Ok, "backups_none", HealthFix.Backups)
            : _time.GetUtcNow() - last.CreatedAt > OldBackup
                ? new HealthItem("backups", HealthItem.Warning, "backups_old", HealthFix.Backups, DayOf(last.CreatedAt))
                : new HealthItem("backups", HealthItem.Ok, "backups_ok", Fix: null, DayOf(last.CreatedAt));
    }

    private async Task<HealthItem> TasksAsync(CancellationToken cancellationToken)
    {
        var fix = new HealthFix("tasks", "tasks");
        if (!_configuration.Current.Scheduler.Enabled)
        {
            return new HealthItem("tasks", HealthItem.Warning, "tasks_off", fix);
        }

        var failed = (await _schedule.ListAsync(cancellationToken)).Where(job => job.Last?.Outcome == "failed").Select(job => TaskTexts.NameOf(job.Name)).ToList();
        return failed.Count == 0
            ? new HealthItem("tasks", HealthItem.Ok, "tasks_ok", Fix: null)
            : new HealthItem("tasks", HealthItem.Warning, "tasks_failed", fix, string.Join(", ", failed));
    }

    private HealthItem Of(ToolVersion tool) => tool switch
    {
        { Version: { } version } => new HealthItem(tool.Name, HealthItem.Ok, "tool_ok", Fix: null, version),
        { Path: { } path } => new HealthItem(tool.Name, HealthItem.Failed, "tool_broken", HealthFix.Logs, path),
        { Name: "yt-dlp" } when !IsSource(tool.Name) => new HealthItem(tool.Name, HealthItem.Ok, "yt-dlp_unused", Fix: null),
        { Name: "yt-dlp" } => new HealthItem(tool.Name, HealthItem.Warning, "yt-dlp_missing", new HealthFix("get", "https://github.com/yt-dlp/yt-dlp#installation")),
        _ => new HealthItem(tool.Name, HealthItem.Warning, $"{tool.Name}_missing", new HealthFix("get", "https://ffmpeg.org/download.html")),
    };

    private bool IsSource(string name) => _configuration.Current.Providers.GetValueOrDefault(name)?.Enabled is true;

    private string DayOf(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, _time.LocalTimeZone).ToString("f", CultureInfo.CurrentCulture);
}
