using AniWorld.Services.Library;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Library;

/// <summary>What a series is, and what can be done with the whole of it.</summary>
public sealed partial class SeriesHeader : ComponentBase
{
    /// <summary>Characters from which a text is shortened at first.</summary>
    private const int LongText = 320;

    private bool _isWhole;

    [Parameter, EditorRequired]
    public required SeriesDetail Detail { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    [Parameter]
    public EventCallback OnDownloadMissing { get; set; }

    [Parameter]
    public EventCallback<bool> OnMonitor { get; set; }

    [Parameter]
    public EventCallback OnRename { get; set; }

    [Parameter]
    public EventCallback OnRemove { get; set; }

    private SeriesSummary Summary => Detail.Summary;

    /// <summary>The source's page; never another kind of address, whatever is stored.</summary>
    private string? Source =>
        Uri.TryCreate(Summary.Link, UriKind.Absolute, out var link) && (link.Scheme == Uri.UriSchemeHttp || link.Scheme == Uri.UriSchemeHttps)
        ? Summary.Link
        : null;
}
