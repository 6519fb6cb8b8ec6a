using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Dashboard;

/// <summary>How much of a disk is used, as a bar.</summary>
public sealed partial class DiskMeter : ComponentBase
{
    /// <summary>Beyond it the bar warns.</summary>
    private const double NearlyAll = 0.95;

    /// <summary>0 to 1.</summary>
    [Parameter, EditorRequired]
    public double Share { get; set; }

    /// <summary>What it shows, for screen readers.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    private int Percent => (int)Math.Round(100 * Math.Clamp(Share, 0, 1));
}
