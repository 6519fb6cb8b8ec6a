using AniWorld.Services.Scheduling;

namespace AniWorld.Services.Configuration;

/// <summary>Days, times, cron expressions and time zones.</summary>
internal static class ScheduleRules
{
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

        if (!string.IsNullOrEmpty(scheduler.TimeZone) && !TimeZoneInfo.TryFindSystemTimeZoneById(scheduler.TimeZone, out _))
        {
            yield return new("scheduler.time_zone", "This host knows no such time zone; use a name such as Europe/Berlin.");
        }
    }

    public static IEnumerable<ConfigProblem> Check(DownloadOptions downloads) =>
        downloads.SpeedSchedule.SelectMany((rule, i) => CheckDays(rule.Days, $"downloads.speed_schedule.{i}.days"));

    private static IEnumerable<ConfigProblem> CheckDays(IReadOnlyList<string> days, string path) => days.Index()
        .Where(day => !Schedule.Days.Contains(day.Item))
        .Select(day => new ConfigProblem($"{path}.{day.Index}", $"This must be one of {string.Join(", ", Schedule.Days)}."));
}
