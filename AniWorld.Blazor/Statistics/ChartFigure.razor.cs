using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Statistics;

/// <summary>A chart with its sense in a sentence and its figures in a table.</summary>
public sealed partial class ChartFigure : ComponentBase
{
    /// <summary>Of the text that names it.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>What the chart shows, for those who do not see it.</summary>
    [Parameter, EditorRequired]
    public required string Sum { get; set; }

    /// <summary><see langword="null"/> when there is nothing to draw.</summary>
    [Parameter]
    public RenderFragment? Chart { get; set; }

    [Parameter]
    public IReadOnlyList<string> Heads { get; set; } = [];

    /// <summary>Each with as many cells as there are heads, the first of them naming it.</summary>
    [Parameter]
    public IReadOnlyList<IReadOnlyList<string>> Rows { get; set; } = [];

    private string Id => $"chart-{Name.ToLowerInvariant()}";
}
