using AniWorld.Blazor.Layout;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Library;
using AniWorld.Services.Policy;
using AniWorld.Services.Progress;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace AniWorld.Blazor.Library;

/// <summary>One series: its seasons and episodes, as a list or as a grid of what is there in which language, and what to do about the rest.</summary>
public sealed partial class SeriesPage(
    LiveFeed live, AnimeService anime, EpisodeActions episodes, SeriesActions series, ProgressService progress, UserActions actions,
    IOptionsMonitor<AniWorldOptions> options, NavigationManager navigation, TimeProvider time) : LiveComponent(live)
{
    private const string CoverageView = "coverage";

    private readonly SeriesBoard _board = new();
    private Refresher _refresher = null!;
    private SeriesDetail? _detail;
    private IReadOnlyList<Language> _languages = [];
    private IReadOnlyList<Language> _choices = [];
    private string? _shownKey;
    private string? _failure;
    private bool _isUnknown;

    [Parameter]
    public string Key { get; set; } = "";

    /// <summary><c>coverage</c>; the list of episodes otherwise.</summary>
    [SupplyParameterFromQuery]
    public string? View { get; set; }

    private bool IsCoverage => View == CoverageView;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        _refresher = new Refresher(LoadAsync, time, Leaving);
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shownKey != Key)
        {
            (_shownKey, _detail) = (Key, null);
            _expanded.Clear();
            await LoadAsync();
        }
    }

    /// <summary>Progress draws its own rows again; whatever may change an episode's state reads the series anew.</summary>
    protected override Task OnLiveAsync(LiveBatch batch)
    {
        foreach (var moved in batch.Events.OfType<DownloadProgressed>().Where(e => e.Key == Key))
        {
            _board.Take(moved)?.Redraw();
        }

        foreach (var replaced in batch.Events.OfType<EpisodeReplaced>().Where(e => e.Key == Key))
        {
            actions.Offer(
                SeriesTexts.Of("Replaced", EpisodeLabel.Short(replaced.Season, replaced.Number), LanguageName.Long(replaced.Language)),
                SeriesTexts.Of("BringBack"),
                () => anime.PutBackAsync(replaced.Earlier));
        }

        if (batch.Tells<QueueChanged>() || batch.Tells<SeriesChanged>(e => e.Key == Key)
            || batch.Tells<DownloadCompleted>(e => e.Key == Key) || batch.Tells<DownloadFailed>(e => e.Key == Key))
        {
            _refresher.Ask();
        }

        return Task.CompletedTask;
    }

    private async Task LoadAsync()
    {
        try
        {
            var first = _detail is null;
            _detail = await anime.FindAsync(Key, Leaving);
            (_isUnknown, _failure) = (_detail is null, null);
            if (_detail is not null)
            {
                Show(_detail, first);
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception e)
        {
            _failure = FailureSentence.Of(e);
        }

        StateHasChanged();
    }

    private void Show(SeriesDetail detail, bool first)
    {
        _board.Load(detail, progress.Latest);
        var profile = LanguageChoice.ProfileOf(options.CurrentValue.Languages, detail.LanguageProfile);
        var (languages, choices) = (Coverage.Languages(detail.Episodes, profile), UnknownLanguage.Choices(profile));

        // The same lists as before let cells and rows that did not change be left alone.
        _languages = languages.SequenceEqual(_languages) ? _languages : languages;
        _choices = choices.SequenceEqual(_choices) ? _choices : choices;
        if (first)
        {
            OpenWhereSomethingIsMissing();
        }
    }
}
