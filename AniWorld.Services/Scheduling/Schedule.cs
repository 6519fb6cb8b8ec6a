using AniWorld.Services.Configuration;
using Quartz;

namespace AniWorld.Services.Scheduling;

/// <summary>When something is done by itself, by the wall clock of one time zone.</summary>
/// <remarks>
/// Where the clocks are put forward over a due time, it is due at the moment of the change; where they are put back over one, it is
/// due the first time only (Quartz, <c>CronExpression.GetTimeAfter</c>).
/// </remarks>
public sealed class Schedule
{
    private readonly CronExpression _cron;

    private Schedule(CronExpression cron) => _cron = cron;

    /// <summary>Names of the days, <c>mon</c> to <c>sun</c>.</summary>
    public static IReadOnlyList<string> Days { get; } = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>In Quartz's form.</summary>
    public string Cron => _cron.CronExpressionString;

    public TimeZoneInfo TimeZone => _cron.TimeZone;

    /// <summary>A schedule of its own.</summary>
    /// <param name="cron">Valid, in Quartz's form.</param>
    /// <param name="timeZone">IANA name; null for the host's.</param>
    public static Schedule Of(string cron, string? timeZone) => new(new CronExpression(cron, ZoneOf(timeZone)));

    /// <summary>The library's schedule as valid options say; null when scheduling is off.</summary>
    public static Schedule? From(SchedulerOptions options) => options.Enabled
        ? new(new CronExpression(CronOf(options), ZoneOf(options.TimeZone)))
        : null;

    /// <summary>What is wrong with a cron expression; null when nothing is.</summary>
    public static Sentence? CronProblem(string cron)
    {
        try
        {
            _ = new CronExpression(cron);
            return null;
        }
        catch (FormatException e)
        {
            return new Sentence("cron_invalid", e.Message);
        }
    }

    /// <summary>The next due times after <paramref name="after"/>, in UTC; fewer when the expression ends.</summary>
    public IEnumerable<DateTimeOffset> Next(DateTimeOffset after, int count)
    {
        for (var time = _cron.GetNextValidTimeAfter(after); time is { } due && count > 0; time = _cron.GetNextValidTimeAfter(due), count--)
        {
            yield return due.ToUniversalTime();
        }
    }

    /// <summary>The last due time up to <paramref name="now"/>; null when there was none.</summary>
    public DateTimeOffset? LastDue(DateTimeOffset now) => _cron.GetPreviousValidTimeBefore(now.AddSeconds(1))?.ToUniversalTime();

    /// <param name="after">Nothing is due up to then.</param>
    internal ITrigger Trigger(TriggerKey key, JobKey job, TimeProvider time, DateTimeOffset after) => TriggerBuilder.Create(time)
        .WithIdentity(key)
        .ForJob(job)
        .StartAt(after.AddSeconds(1))
        .WithSchedule(CronScheduleBuilder.Create(_cron)
            .InTimeZone(_cron.TimeZone)
            .WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
        .Build();

    private static string CronOf(SchedulerOptions options)
    {
        if (!string.IsNullOrEmpty(options.Cron))
        {
            return options.Cron;
        }

        var time = TimeOnly.ParseExact(options.ScheduleTime, "HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        var days = options.ScheduleDays.Count == 0 ? "*" : string.Join(',', options.ScheduleDays.Distinct()).ToUpperInvariant();
        return $"0 {time.Minute} {time.Hour} ? * {days}";
    }

    internal static TimeZoneInfo ZoneOf(string? timeZone) =>
        string.IsNullOrEmpty(timeZone) ? TimeZoneInfo.Local : TimeZoneInfo.FindSystemTimeZoneById(timeZone);
}
