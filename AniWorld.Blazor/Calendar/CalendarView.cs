using System.Globalization;
using AniWorld.Blazor.Layout;

namespace AniWorld.Blazor.Calendar;

/// <summary>Which days are shown, as the page's address keeps it.</summary>
/// <param name="Day">Any of them.</param>
public sealed record CalendarView(DateOnly Day, bool IsWeek)
{
    private const string Form = "yyyy-MM-dd";

    /// <summary>The first day that belongs to it.</summary>
    public DateOnly First => IsWeek ? WeekStart(Day) : new DateOnly(Day.Year, Day.Month, 1);

    public DateOnly Last => IsWeek ? First.AddDays(6) : First.AddMonths(1).AddDays(-1);

    /// <summary>Of a month also the days of its neighbours that share its weeks; whole weeks either way.</summary>
    public IReadOnlyList<DateOnly> Days
    {
        get
        {
            var (first, end) = (WeekStart(First), WeekStart(Last).AddDays(6));
            return [.. Enumerable.Range(0, end.DayNumber - first.DayNumber + 1).Select(first.AddDays)];
        }
    }

    public CalendarView Earlier => this with { Day = IsWeek ? First.AddDays(-7) : First.AddMonths(-1) };

    public CalendarView Later => this with { Day = IsWeek ? First.AddDays(7) : First.AddMonths(1) };

    public string Title => IsWeek
        ? CalendarTexts.Of("WeekOf", SaidDate.Of(First, "d MMMM"), SaidDate.Of(Last, "d MMMM yyyy"))
        : First.ToString("Y", CultureInfo.CurrentCulture);

    /// <param name="today">Stands in the address as nothing.</param>
    public IReadOnlyDictionary<string, object?> Address(DateOnly today) => new Dictionary<string, object?>
    {
        ["view"] = IsWeek ? "week" : null,
        ["day"] = First <= today && today <= Last ? null : First.ToString(Form, CultureInfo.InvariantCulture),
    };

    /// <remarks>Years that no calendar ends in are taken for today.</remarks>
    public static CalendarView Of(string? view, string? day, DateOnly today) => new(
        DateOnly.TryParseExact(day, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked) && asked.Year is >= 1990 and <= 2200 ? asked : today,
        view == "week");

    private static DateOnly WeekStart(DateOnly day) =>
        day.AddDays(-((7 + (int)day.DayOfWeek - (int)CultureInfo.CurrentCulture.DateTimeFormat.FirstDayOfWeek) % 7));
}
