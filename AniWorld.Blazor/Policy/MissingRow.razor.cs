using AniWorld.Services.Library;
using AniWorld.Services.Policy;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Policy;

/// <summary>One episode that is not there as wanted: which, why, and what can be done.</summary>
public sealed partial class MissingRow : ComponentBase
{
    [Parameter, EditorRequired]
    public required MissingEpisode Line { get; set; }

    [Parameter]
    public bool Selected { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    /// <summary>It was ignored or removed, and can be wanted again.</summary>
    [Parameter]
    public bool SetAside { get; set; }

    [Parameter]
    public EventCallback OnToggle { get; set; }

    [Parameter]
    public EventCallback OnFetch { get; set; }

    [Parameter]
    public EventCallback OnIgnore { get; set; }

    [Parameter]
    public EventCallback OnWant { get; set; }

    private EpisodeView Episode => Line.Episode;

    private string Number => Library.EpisodeLabel.Short(Episode.Season, Episode.Number);

    private string Name => $"{Line.Name} {Number}";
}
