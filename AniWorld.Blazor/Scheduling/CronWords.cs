using System.Globalization;
using AniWorld.Services.Scheduling;

namespace AniWorld.Blazor.Scheduling;

/// <summary>A schedule in plain words.</summary>
internal static class CronWords
{
    public static string Of(string cron) => Of(CronPlan.Parse(cron));

    public static string Of(CronPlan plan) => plan.Kind switch
    {
        CronKind.Minutes => TaskTexts.Of("EveryMinutes", plan.Every),
        CronKind.Hours when plan.Every == 1 => TaskTexts.Of("EveryHour", plan.At.Minute),
        CronKind.Hours => TaskTexts.Of("EveryHours", plan.Every, plan.At.Minute),
        CronKind.Daily => TaskTexts.Of("EveryDay", Time(plan.At)),
        CronKind.Weekly when plan.Days.Count is 0 or 7 => TaskTexts.Of("EveryDay", Time(plan.At)),
        CronKind.Weekly => TaskTexts.Of("EveryWeek", string.Join(", ", plan.Days.Select(DayName)), Time(plan.At)),
        CronKind.Monthly => TaskTexts.Of("EveryMonth", plan.DayOfMonth, Time(plan.At)),
        _ => TaskTexts.Of("OwnExpression", plan.Expression),
    };

    private static string Time(TimeOnly at) => at.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string DayName(string day) =>
        CultureInfo.CurrentUICulture.DateTimeFormat.GetDayName((DayOfWeek)((Schedule.Days.ToList().IndexOf(day) + 1) % 7));
}
