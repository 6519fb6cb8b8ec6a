using System.Globalization;
using AniWorld.Services.Scheduling;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Configuration;

/// <summary>Days of the week to switch on and off. All of them is the empty list, and never none.</summary>
public sealed partial class DayChips : ComponentBase
{
    [Parameter]
    public IReadOnlyList<string> Days { get; set; } = [];

    [Parameter]
    public EventCallback<List<string>> DaysChanged { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    private static string NameOf(string day) =>
        CultureInfo.CurrentCulture.DateTimeFormat.AbbreviatedDayNames[(Schedule.Days.ToList().IndexOf(day) + 1) % 7];

    private bool IsOn(string day) => Days.Count == 0 || Days.Contains(day);

    private Task ToggleAsync(string day)
    {
        var chosen = Schedule.Days.Where(d => d == day ? !IsOn(d) : IsOn(d)).ToList();
        return DaysChanged.InvokeAsync(chosen.Count is 0 or 7 ? [] : chosen);
    }
}
