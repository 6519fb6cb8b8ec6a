using System.Globalization;
using System.Text.RegularExpressions;

namespace AniWorld.Services.Scheduling;

/// <summary>How a schedule repeats.</summary>
public enum CronKind
{
    Minutes,
    Hours,
    Daily,
    Weekly,
    Monthly,

    /// <summary>An expression that says more than the others can.</summary>
    Own,
}

/// <summary>A schedule as people say it, to and from a cron expression in Quartz's form.</summary>
public sealed partial record CronPlan
{
    public CronKind Kind { get; init; }

    /// <summary>Minutes or hours between two times.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Of the day; of those that repeat within the day, the minute of the hour counts.</summary>
    public TimeOnly At { get; init; }

    /// <summary>Of the week, <c>mon</c> to <c>sun</c>.</summary>
    public IReadOnlyList<string> Days { get; init; } = [];

    /// <summary>Of the month, 1 to 28: each month has it.</summary>
    public int DayOfMonth { get; init; } = 1;

    /// <summary>The expression that it was read from; what counts for <see cref="CronKind.Own"/>.</summary>
    public string Expression { get; init; } = "";

    public static IReadOnlyList<int> MinuteSteps { get; } = [5, 10, 15, 20, 30];

    public static IReadOnlyList<int> HourSteps { get; } = [1, 2, 3, 4, 6, 8, 12];

    /// <summary>Any expression; what is none of the simple kinds is <see cref="CronKind.Own"/>.</summary>
    public static CronPlan Parse(string cron)
    {
        var own = new CronPlan { Kind = CronKind.Own, Expression = cron };
        return cron.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
        {
            ["0", var minute, "*", "*" or "?", "*", "*" or "?"] when Step(minute) is var (first, every) && MinuteSteps.Contains(every) && first < every =>
                own with { Kind = CronKind.Minutes, Every = every, At = new TimeOnly(0, first) },
            ["0", var minute, var hour, "*" or "?", "*", "*" or "?"] when Number(minute, 59) is { } at && (hour == "*" ? (0, 1) : Step(hour)) is (0, var every)
                && HourSteps.Contains(every) => own with { Kind = CronKind.Hours, Every = every, At = new TimeOnly(0, at) },
            ["0", var minute, var hour, var day, "*", var weekday] when Number(minute, 59) is { } at && Number(hour, 23) is { } of => (day, weekday) switch
            {
                ("*" or "?", "*" or "?") => own with { Kind = CronKind.Daily, At = new TimeOnly(of, at) },
                ("*" or "?", _) when WeekDays(weekday) is { } days => own with { Kind = CronKind.Weekly, At = new TimeOnly(of, at), Days = days },
                (_, "*" or "?") when Number(day, 28) is { } date and > 0 => own with { Kind = CronKind.Monthly, At = new TimeOnly(of, at), DayOfMonth = date },
                _ => own,
            },
            _ => own,
        };
    }

    public string ToCron() => Kind switch
    {
        CronKind.Minutes => string.Create(CultureInfo.InvariantCulture, $"0 {At.Minute % Every}/{Every} * * * ?"),
        CronKind.Hours when Every == 1 => string.Create(CultureInfo.InvariantCulture, $"0 {At.Minute} * * * ?"),
        CronKind.Hours => string.Create(CultureInfo.InvariantCulture, $"0 {At.Minute} 0/{Every} * * ?"),
        CronKind.Daily => string.Create(CultureInfo.InvariantCulture, $"0 {At.Minute} {At.Hour} ? * *"),
        CronKind.Weekly when Days.Count is 0 or 7 => (this with { Kind = CronKind.Daily }).ToCron(),
        CronKind.Weekly => string.Create(CultureInfo.InvariantCulture, $"0 {At.Minute} {At.Hour} ? * {string.Join(',', Days).ToUpperInvariant()}"),
        CronKind.Monthly => string.Create(CultureInfo.InvariantCulture, $"0 {At.Minute} {At.Hour} {DayOfMonth} * ?"),
        _ => Expression.Trim(),
    };

    private static int? Number(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number : null;

    private static (int First, int Every)? Step(string text) => Steps().Match(text) is { Success: true } match
        ? (match.Groups[1].Value == "*" ? 0 : int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))
        : null;

    private static IReadOnlyList<string>? WeekDays(string text)
    {
        var named = text.ToLowerInvariant().Split(',');
        return named.All(Schedule.Days.Contains) ? [.. Schedule.Days.Where(named.Contains)] : null;
    }

    [GeneratedRegex("^(\\*|[0-9]{1,2})/([0-9]{1,2})$")]
    private static partial Regex Steps();
}
