using AniWorld.Blazor.Layout;
using AniWorld.Services.Scheduling;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Scheduling;

/// <summary>One job: when it runs, how it went last, and what can be done about it.</summary>
public sealed partial class TaskRow : ComponentBase
{
    [Parameter, EditorRequired]
    public required JobState Job { get; set; }

    /// <summary>The zone to show times in; <see langword="null"/> for the schedule's own.</summary>
    [Parameter]
    public TimeZoneInfo? Zone { get; set; }

    /// <summary>What else there is to know now.</summary>
    [Parameter]
    public string? Note { get; set; }

    [Parameter]
    public bool CanSwitch { get; set; } = true;

    [Parameter]
    public EventCallback OnRun { get; set; }

    [Parameter]
    public EventCallback OnCancel { get; set; }

    [Parameter]
    public EventCallback OnEdit { get; set; }

    [Parameter]
    public EventCallback<bool> OnSwitch { get; set; }

    private string Clock(DateTimeOffset moment) =>
        SaidDate.Of(TimeZoneInfo.ConvertTime(moment, Zone ?? Job.Schedule.TimeZone), "ddd d MMM yyyy, HH:mm");
}
