using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Calendar;

/// <summary>A month as a table of weeks. What does not fit into a day leads to its week.</summary>
public sealed partial class CalendarMonth : ComponentBase
{
    private const int Most = 4;

    [Parameter, EditorRequired]
    public required CalendarView View { get; set; }

    [Parameter, EditorRequired]
    public required ILookup<DateOnly, CalendarEntry> Entries { get; set; }

    [Parameter, EditorRequired]
    public DateOnly Today { get; set; }

    /// <summary>The week of a day is asked for.</summary>
    [Parameter]
    public EventCallback<DateOnly> OnWeek { get; set; }

    private List<CalendarEntry> EntriesOf(DateOnly day) => [.. Entries[day]];

    private static int Shown(List<CalendarEntry> entries) => entries.Count <= Most ? Most : Most - 1;

    private string? ClassOf(DateOnly day) => day == Today ? "today" : day < View.First || day > View.Last ? "outside" : null;
}
