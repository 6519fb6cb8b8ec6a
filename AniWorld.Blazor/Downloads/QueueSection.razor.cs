using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Downloads;

/// <summary>Downloads in one state, under a heading; nothing when there are none.</summary>
public sealed partial class QueueSection : ComponentBase
{
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<QueueLine> Lines { get; set; }

    /// <summary>How many there are, when more than are listed.</summary>
    [Parameter]
    public int Total { get; set; }

    [Parameter]
    public EventCallback<(QueueLine Line, QueueMove To)> OnMove { get; set; }

    /// <summary>Buttons for all of them.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
