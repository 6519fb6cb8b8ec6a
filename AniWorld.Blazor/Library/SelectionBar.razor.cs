using AniWorld.Data.Library;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Library;

/// <summary>What can be done with the selected episodes.</summary>
public sealed partial class SelectionBar : ComponentBase
{
    private const string ByProfile = "";

    private string _language = ByProfile;

    [Parameter, EditorRequired]
    public required IReadOnlyList<EpisodeLine> Selected { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    /// <summary>What files of unknown language can be said to be in.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<Language> Choices { get; set; }

    /// <summary>What the files of unknown language among them are in.</summary>
    [Parameter]
    public EventCallback<(IReadOnlyList<EpisodeLine> Lines, Language Language)> OnAssign { get; set; }

    /// <summary>The language is <see langword="null"/> when the profile decides.</summary>
    [Parameter]
    public EventCallback<(IReadOnlyList<EpisodeLine> Lines, Language? Language)> OnDownload { get; set; }

    [Parameter]
    public EventCallback<(IReadOnlyList<EpisodeLine> Lines, bool Ignored)> OnIgnore { get; set; }

    [Parameter]
    public EventCallback OnClear { get; set; }

    private IEnumerable<Language> Offered =>
        Selected.SelectMany(line => line.Episode.Available).Distinct().OrderBy(language => language.Code, StringComparer.Ordinal);

    private bool HasUnknown => Selected.Any(line => UnknownLanguage.IsOf(line.Episode));

    private bool AllIgnored => Selected.All(line => line.Episode.Ignored);

    protected override void OnParametersSet()
    {
        if (!Offered.Any(language => language.Code == _language))
        {
            _language = ByProfile;
        }
    }

    private Task DownloadAsync() => OnDownload.InvokeAsync((Selected, Language.TryParse(_language, out var language) ? language : null));
}
