using AniWorld.Services.Scheduling;

namespace AniWorld.Services.Configuration;

/// <summary>Days, times, cron expressions and time zones.</summary>
internal static class ScheduleRules
{
    /// <summary>MiB per second. Shared out among many connections, less would look to each like a hoster that stalls.</summary>
    private const double SlowestLimit = 0.05;

    public static IEnumerable<ConfigProblem> Check(SchedulerOptions scheduler)
    {
        foreach (var problem in CheckDays(scheduler.ScheduleDays, "scheduler.schedule_days"))
        {
            yield return problem;
        }

        if (!string.IsNullOrEmpty(scheduler.Cron) && Schedule.CronProblem(scheduler.Cron) is { } cronProblem)
        {
            yield return new("scheduler.cron", cronProblem);
        }

        foreach (var problem in scheduler.Jobs.SelectMany(job => CheckJob(job.Key, job.Value)))
        {
            yield return problem;
        }

        if (!string.IsNullOrEmpty(scheduler.TimeZone) && !TimeZoneInfo.TryFindSystemTimeZoneById(scheduler.TimeZone, out _))
        {
            yield return new("scheduler.time_zone", new Sentence("time_zone_unknown"));
        }
    }

    private static IEnumerable<ConfigProblem> CheckJob(string name, JobOptions job)
    {
        var path = $"scheduler.jobs.{name}.cron";
        return string.IsNullOrEmpty(job.Cron) ? []
            : name == JobNames.LibraryRescan ? [new(path, new Sentence("cron_of_rescan"))]
            : Schedule.CronProblem(job.Cron) is { } problem ? [new(path, problem)]
            : [];
    }

    public static IEnumerable<ConfigProblem> Check(DownloadOptions downloads) =>
    [
        .. CheckSpeed(downloads.SpeedLimitMbps, "downloads.speed_limit_mbps"),
        .. downloads.SpeedSchedule.SelectMany((rule, i) => CheckDays(rule.Days, $"downloads.speed_schedule.{i}.days")),
        .. downloads.SpeedSchedule.SelectMany((rule, i) => CheckSpeed(rule.LimitMbps, $"downloads.speed_schedule.{i}.limit_mbps")),
    ];

    private static IEnumerable<ConfigProblem> CheckSpeed(double limit, string path) => limit is > 0 and < SlowestLimit
        ? [new(path, new Sentence("speed_too_slow", SlowestLimit))]
        : [];

    private static IEnumerable<ConfigProblem> CheckDays(IReadOnlyList<string> days, string path) => days.Index()
        .Where(day => !Schedule.Days.Contains(day.Item))
        .Select(day => new ConfigProblem($"{path}.{day.Index}", new Sentence("rule_choice", string.Join(", ", Schedule.Days))));
}
