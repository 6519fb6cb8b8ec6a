using System.Globalization;
using AniWorld.Services.Configuration;
using AniWorld.Services.Scheduling;

namespace AniWorld.Blazor.Configuration;

/// <summary>Days of the week. All of them is the empty list, and never none.</summary>
public sealed partial class DaysSetting(ConfigService configuration) : SettingField<List<string>>(configuration)
{
    private IReadOnlyList<string> Chosen => Value is { Count: > 0 } some ? some : Schedule.Days;

    private static string NameOf(string day) =>
        CultureInfo.CurrentCulture.DateTimeFormat.AbbreviatedDayNames[(Schedule.Days.ToList().IndexOf(day) + 1) % 7];

    private bool IsOn(string day) => Chosen.Contains(day);

    private void Toggle(string day)
    {
        var chosen = Schedule.Days.Where(d => d == day ? !IsOn(d) : IsOn(d)).ToList();
        Set(chosen.Count is 0 or 7 ? [] : chosen);
    }
}
