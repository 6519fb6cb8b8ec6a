using AniWorld.Data.Library;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Library;

/// <summary>One season, or the films and specials, to open and close. A closed one draws no rows, a long one those in sight.</summary>
public sealed partial class SeasonPanel : ComponentBase
{
    private ICollection<EpisodeLine> _lines = [];

    [Parameter, EditorRequired]
    public required SeasonLines Season { get; set; }

    [Parameter]
    public bool Expanded { get; set; }

    [Parameter]
    public EventCallback<bool> ExpandedChanged { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    [Parameter]
    public EventCallback<(EpisodeLine Line, bool Range)> OnToggle { get; set; }

    [Parameter]
    public EventCallback<(IReadOnlyList<EpisodeLine> Lines, bool Selected)> OnSelect { get; set; }

    [Parameter]
    public EventCallback<IReadOnlyList<EpisodeLine>> OnDownload { get; set; }

    [Parameter]
    public EventCallback<(IReadOnlyList<EpisodeLine> Lines, bool Ignored)> OnIgnore { get; set; }

    [Parameter]
    public EventCallback<EpisodeLine> OnWant { get; set; }

    [Parameter]
    public EventCallback<(EpisodeLine Line, Language Language)> OnRemoveFiles { get; set; }

    [Parameter]
    public EventCallback<(EpisodeLine Line, Language Language)> OnFetchAgain { get; set; }

    /// <summary>What a file of unknown language can be said to be in.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<Language> Choices { get; set; }

    [Parameter]
    public EventCallback<(IReadOnlyList<EpisodeLine> Lines, Language Language)> OnAssign { get; set; }

    /// <summary>The languages of the coverage grid; <see langword="null"/> for a list of episodes instead.</summary>
    [Parameter]
    public IReadOnlyList<Language>? Coverage { get; set; }

    [Parameter]
    public EventCallback<CoverageGesture> OnMark { get; set; }

    private IReadOnlyList<EpisodeLine> Missing => Season.Missing;

    private bool AllSelected => Season.Episodes.All(line => line.IsSelected);

    protected override void OnParametersSet() => _lines = [.. Season.Episodes];

    private Task SelectAllAsync() => OnSelect.InvokeAsync((Season.Episodes, !AllSelected));
}
