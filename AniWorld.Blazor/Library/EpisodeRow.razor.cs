using AniWorld.Blazor.Layout;
using AniWorld.Blazor.Policy;
using AniWorld.Data.Library;
using AniWorld.Services.Library;
using AniWorld.Services.Policy;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace AniWorld.Blazor.Library;

/// <summary>One episode: titles, languages, where it stands. Drawn again only when it changed.</summary>
public sealed partial class EpisodeRow : ComponentBase, IDisposable
{
    private EpisodeLine? _heard;
    private (int Version, bool Busy, IReadOnlyList<Language> Choices) _drawn = (-1, false, []);

    [Parameter, EditorRequired]
    public required EpisodeLine Line { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    /// <summary>What a file of unknown language can be said to be in.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<Language> Choices { get; set; }

    /// <summary>A range when Shift was held.</summary>
    [Parameter]
    public EventCallback<(EpisodeLine Line, bool Range)> OnToggle { get; set; }

    [Parameter]
    public EventCallback<IReadOnlyList<EpisodeLine>> OnDownload { get; set; }

    [Parameter]
    public EventCallback<(IReadOnlyList<EpisodeLine> Lines, bool Ignored)> OnIgnore { get; set; }

    /// <summary>Asks again for what the user removed.</summary>
    [Parameter]
    public EventCallback<EpisodeLine> OnWant { get; set; }

    /// <summary>Which of the episode's files go to the trash.</summary>
    [Parameter]
    public EventCallback<(EpisodeLine Line, Language Language)> OnRemoveFiles { get; set; }

    /// <summary>Which of the episode's damaged files is to be fetched again.</summary>
    [Parameter]
    public EventCallback<(EpisodeLine Line, Language Language)> OnFetchAgain { get; set; }

    /// <summary>What its file of unknown language is in.</summary>
    [Parameter]
    public EventCallback<(IReadOnlyList<EpisodeLine> Lines, Language Language)> OnAssign { get; set; }

    private EpisodeView Episode => Line.Episode;

    private EpisodeFileView? Damaged => Episode.Files.FirstOrDefault(file => file.Problem is not null);

    private IReadOnlyList<Language> OnDisk => [.. Episode.Files.Select(file => file.Language).Distinct()];

    private EpisodeState State => Line.State;

    private string Title => Episode.Title.Length > 0 ? Episode.Title : SeriesTexts.Of(Episode.Season == 0 ? "FilmNumber" : "EpisodeNumber", Episode.Number);

    /// <summary>In another language, with its code.</summary>
    private KeyValuePair<string, string>? SecondTitle => Episode.Titles.Where(title => title.Value.Length > 0 && title.Value != Episode.Title)
        .Select(title => (KeyValuePair<string, string>?)title).FirstOrDefault();

    /// <summary>What is on disk or offered, offered order first.</summary>
    private IEnumerable<Language> Languages => Episode.Available.Concat(Episode.Files.Select(file => file.Language)).Distinct();

    private bool CanDownload => (Episode.Available.Count > 0
            && State is EpisodeState.Missing or EpisodeState.Failed or EpisodeState.Removed or EpisodeState.Ignored or EpisodeState.Later)
        || (State is EpisodeState.OnDisk && Episode.IsUpgradable);

    /// <summary>A sentence where the state alone does not say what to do, or what is to come.</summary>
    private string? Explanation => State switch
    {
        EpisodeState.Damaged => KeepingTexts.Damage(Damaged!),
        EpisodeState.Failed or EpisodeState.Waiting or EpisodeState.Later => Sentence,
        EpisodeState.OnDisk when Episode.IsUpgradable => Sentence,
        _ => Episode.Decision.Code is DecisionCode.Cancelled ? Sentence : null,
    };

    private string Sentence => DecisionSentence.Of(Episode.Decision);

    private string StateName => State switch
    {
        EpisodeState.OnDisk => Amount.Bytes(Episode.Files.Sum(file => file.Size)),
        EpisodeState.Damaged => KeepingTexts.Of("Damaged"),
        EpisodeState.Missing when !Episode.IsMissing => SeriesTexts.Of("NotOnDisk"),
        _ => SeriesTexts.Of($"Episode_{State}"),
    };

    private string StateIcon => State switch
    {
        EpisodeState.OnDisk => Icons.Material.Filled.CheckCircle,
        EpisodeState.Damaged => Icons.Material.Outlined.ReportProblem,
        EpisodeState.Running => Icons.Material.Outlined.Downloading,
        EpisodeState.Queued => Icons.Material.Outlined.Schedule,
        EpisodeState.Paused => Icons.Material.Outlined.PauseCircle,
        EpisodeState.Failed => Icons.Material.Outlined.ErrorOutline,
        EpisodeState.Missing => Icons.Material.Outlined.RadioButtonUnchecked,
        EpisodeState.Ignored => Icons.Material.Outlined.VisibilityOff,
        EpisodeState.Removed => Icons.Material.Outlined.DeleteOutline,
        EpisodeState.Later => Icons.Material.Outlined.HourglassEmpty,
        EpisodeState.Waiting => Icons.Material.Outlined.Translate,
        _ => Icons.Material.Outlined.Event,
    };

    public void Dispose() => Forget();

    protected override void OnParametersSet()
    {
        if (_heard != Line)
        {
            Forget();
            _heard = Line;
            _heard.Changed += StateHasChanged;
            _drawn = (-1, Busy, Choices);
        }
    }

    protected override bool ShouldRender()
    {
        var changed = _drawn != (Line.Version, Busy, Choices);
        _drawn = (Line.Version, Busy, Choices);
        return changed;
    }

    private void Forget()
    {
        if (_heard is not null)
        {
            _heard.Changed -= StateHasChanged;
        }
    }

    private Task ToggleAsync(MouseEventArgs click) => OnToggle.InvokeAsync((Line, click.ShiftKey));
}
