using AniWorld.Services.Library;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Library;

/// <summary>One series: cover, name, how much of it is there and how much is missing.</summary>
public sealed partial class PosterCard : ComponentBase
{
    [Parameter, EditorRequired]
    public required SeriesSummary Series { get; set; }

    private double Share => Series.EpisodeCount == 0 ? 0 : (double)Series.DownloadedCount / Series.EpisodeCount;
}
