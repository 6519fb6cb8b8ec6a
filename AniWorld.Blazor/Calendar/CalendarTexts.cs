using AniWorld.Blazor.Layout;

namespace AniWorld.Blazor.Calendar;

/// <summary>What the calendar says, from <c>CalendarTexts.resx</c>.</summary>
internal static class CalendarTexts
{
    private static readonly Texts All = new(typeof(CalendarTexts));

    public static string Of(string name) => All.Of(name);

    public static string Of(string name, params object?[] values) => All.Of(name, values);

    public static string Count(string name, int count) => All.Count(name, count);
}
