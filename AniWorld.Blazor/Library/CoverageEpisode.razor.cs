using System.Globalization;
using AniWorld.Blazor.Layout;
using AniWorld.Blazor.Policy;
using AniWorld.Data.Library;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Library;

/// <summary>One episode in all languages, as a column of the coverage grid. Drawn again only when something of it changed.</summary>
public sealed partial class CoverageEpisode : ComponentBase, IDisposable
{
    private EpisodeLine? _heard;
    private (int Version, IReadOnlyList<Language>? Languages) _drawn = (-1, null);

    [Parameter, EditorRequired]
    public required EpisodeLine Line { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<Language> Languages { get; set; }

    /// <summary>Of all that are drawn: where the keyboard gets into the grid.</summary>
    [Parameter]
    public bool IsFirst { get; set; }

    /// <summary>Its number was clicked.</summary>
    [Parameter]
    public EventCallback<EpisodeLine> OnMark { get; set; }

    private string Title => Line.Episode.Title.Length > 0 ? $"{Line.Name} · {Line.Episode.Title}" : Line.Name;

    public void Dispose() => Forget();

    protected override void OnParametersSet()
    {
        if (_heard != Line)
        {
            Forget();
            _heard = Line;
            _heard.Changed += StateHasChanged;
            _drawn = (-1, null);
        }
    }

    protected override bool ShouldRender()
    {
        var changed = _drawn.Version != Line.Version || !ReferenceEquals(_drawn.Languages, Languages);
        _drawn = (Line.Version, Languages);
        return changed;
    }

    private void Forget()
    {
        if (_heard is not null)
        {
            _heard.Changed -= StateHasChanged;
        }
    }

    /// <summary>Why it is so. The decision is about the episode; of a damaged file, the file says more.</summary>
    private static string SentenceOf(CoverageCell cell) => cell.State switch
    {
        CoverageState.Damaged => KeepingTexts.Damage(cell.Line.Episode.Files.First(file => file.Language == cell.Language)),
        CoverageState.Queued when cell.Line.Progress is { } progress => SeriesTexts.Of("CellProgress", Amount.Percent(progress.Percent)),
        _ => DecisionSentence.Of(cell.Line.Episode.Decision),
    };

    private static string? DoneOf(CoverageCell cell) => cell is { State: CoverageState.Queued, Line.Progress: { } progress }
        ? string.Create(CultureInfo.InvariantCulture, $"--done:{progress.Percent:0}%")
        : null;
}
