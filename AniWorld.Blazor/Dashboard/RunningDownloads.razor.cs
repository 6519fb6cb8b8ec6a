using AniWorld.Blazor.Downloads;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Dashboard;

/// <summary>What is being downloaded: the first few, and how many besides.</summary>
public sealed partial class RunningDownloads : ComponentBase
{
    private const int Most = 4;

    [Parameter, EditorRequired]
    public required QueueBoard Board { get; set; }

    private string Rest => string.Join(" · ", new[]
    {
        Board.Active.Count > Most ? DashboardTexts.Count("MoreRunning", Board.Active.Count - Most) : null,
        Board.Statistics.PendingCount > 0 ? DashboardTexts.Count("Waiting", Board.Statistics.PendingCount) : null,
    }.OfType<string>());

    public void Redraw() => StateHasChanged();
}
