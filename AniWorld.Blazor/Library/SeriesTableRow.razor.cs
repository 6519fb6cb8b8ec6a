using AniWorld.Services.Library;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace AniWorld.Blazor.Library;

/// <summary>One series in a row.</summary>
public sealed partial class SeriesTableRow : ComponentBase
{
    [Parameter, EditorRequired]
    public required SeriesSummary Series { get; set; }

    /// <summary>Its place in the list, from 0.</summary>
    [Parameter]
    public int Index { get; set; }

    /// <summary>A click selects instead of leading to the series.</summary>
    [Parameter]
    public bool IsSelecting { get; set; }

    [Parameter]
    public bool IsSelected { get; set; }

    [Parameter]
    public EventCallback<SeriesPick> OnPick { get; set; }

    private double Share => Series.EpisodeCount == 0 ? 0 : (double)Series.DownloadedCount / Series.EpisodeCount;

    private Task PickAsync(MouseEventArgs click) => OnPick.InvokeAsync(new SeriesPick(Series.Key, click.ShiftKey));
}
