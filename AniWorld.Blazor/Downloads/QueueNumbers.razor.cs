using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Downloads;

/// <summary>The queue in five numbers.</summary>
public sealed partial class QueueNumbers : ComponentBase
{
    [Parameter, EditorRequired]
    public required QueueBoard Board { get; set; }

    /// <summary>Nothing to wait for, or nothing known, is no time.</summary>
    private TimeSpan? TimeLeft => Board is { IsRunning: true, IsPaused: false } && Board.Active.Count + Board.Statistics.PendingCount > 0
        ? Board.Statistics.TimeRemaining
        : null;

    public void Redraw() => StateHasChanged();
}
