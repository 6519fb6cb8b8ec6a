using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Layout;

/// <summary>What a page shows when it has nothing to list: why, and what to do next.</summary>
public sealed partial class StateMessage : ComponentBase
{
    [Parameter, EditorRequired]
    public required string Icon { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter]
    public string? Text { get; set; }

    /// <summary>Whether <see cref="Title"/> is the page's main heading.</summary>
    [Parameter]
    public bool Heading { get; set; }

    /// <summary>Buttons.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
