using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Calendar;

/// <summary>The days that have something, one below the other.</summary>
public sealed partial class CalendarAgenda : ComponentBase
{
    [Parameter, EditorRequired]
    public required CalendarView View { get; set; }

    [Parameter, EditorRequired]
    public required ILookup<DateOnly, CalendarEntry> Entries { get; set; }

    [Parameter, EditorRequired]
    public DateOnly Today { get; set; }

    private IEnumerable<IGrouping<DateOnly, CalendarEntry>> Days =>
        Entries.Where(day => day.Key >= View.First && day.Key <= View.Last).OrderBy(day => day.Key);
}
