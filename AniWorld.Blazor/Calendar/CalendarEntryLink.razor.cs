using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Calendar;

/// <summary>An entry of the calendar, leading to its series.</summary>
public sealed partial class CalendarEntryLink : ComponentBase
{
    [Parameter, EditorRequired]
    public required CalendarEntry Entry { get; set; }

    /// <summary>Whether there is room to write the state out; it is spoken in any case.</summary>
    [Parameter]
    public bool ShowState { get; set; }
}
