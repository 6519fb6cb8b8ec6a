using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Library;

/// <summary>What is selected in the coverage grid, and what can be done with it.</summary>
public sealed partial class CoverageBar : ComponentBase
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<CoverageCell> Cells { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Each in its own language.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<CoverageCell>> OnFetch { get; set; }

    [Parameter]
    public EventCallback<(IReadOnlyList<EpisodeLine> Lines, bool Ignored)> OnIgnore { get; set; }

    [Parameter]
    public EventCallback OnClear { get; set; }

    private IReadOnlyList<CoverageCell> Fetchable => [.. Cells.Where(cell => Coverage.CanFetch(cell.State))];

    private IReadOnlyList<EpisodeLine> Lines => [.. Cells.Select(cell => cell.Line).Distinct()];

    private bool AllIgnored => Lines.All(line => line.Episode.Ignored);

    /// <summary>How many are in which state.</summary>
    private string Summary => string.Join(" · ", Cells
        .GroupBy(cell => cell.State)
        .OrderBy(state => state.Key)
        .Select(state => SeriesTexts.Of("StateCount", state.Count(), SeriesTexts.Of($"State_{state.Key}"))));
}
