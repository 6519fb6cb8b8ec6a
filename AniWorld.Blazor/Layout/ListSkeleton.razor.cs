using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Layout;

/// <summary>Grey rows where a list is about to be.</summary>
public sealed partial class ListSkeleton : ComponentBase
{
    /// <summary>What is being loaded, for screen readers.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }
}
