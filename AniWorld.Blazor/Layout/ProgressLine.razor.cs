using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Layout;

/// <summary>A thin bar.</summary>
public sealed partial class ProgressLine : ComponentBase
{
    /// <summary>0 to 100; <see langword="null"/> while it cannot be told.</summary>
    [Parameter, EditorRequired]
    public double? Percent { get; set; }

    /// <summary>What progresses, for screen readers.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary><c>quiet</c>, <c>good</c> or <c>bad</c>; the accent otherwise.</summary>
    [Parameter]
    public string? Class { get; set; }
}
