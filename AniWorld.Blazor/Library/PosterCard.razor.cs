using AniWorld.Services.Library;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace AniWorld.Blazor.Library;

/// <summary>One series: cover, name, how much of it is there and how much is missing. Drawn again only when that changed.</summary>
public sealed partial class PosterCard : ComponentBase
{
    private object? _drawn;

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

    protected override bool ShouldRender()
    {
        var now = (Series.Key, Series.Name, Series.Year, Series.HasCover, Series.Monitored, Index,
            (Series.EpisodeCount, Series.DownloadedCount, Series.MissingCount, Series.FailedCount), IsSelecting, IsSelected);
        var changed = !now.Equals(_drawn);
        _drawn = now;
        return changed;
    }

    private Task PickAsync(MouseEventArgs click) => OnPick.InvokeAsync(new SeriesPick(Series.Key, click.ShiftKey));
}
