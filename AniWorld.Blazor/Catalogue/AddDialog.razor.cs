using System.Globalization;
using AniWorld.Blazor.Layout;
using AniWorld.Blazor.Library;
using AniWorld.Data.Library;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Library;
using AniWorld.Services.Policy;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace AniWorld.Blazor.Catalogue;

/// <summary>
/// Reads a series and lets the user choose how it is added. Its result is an <see cref="IntakeResult"/>, or the key of a series that is
/// there already.
/// </summary>
public sealed partial class AddDialog(
    AnimeService anime, SeriesIntake intake, ProviderRegistry providers, ConfigService configuration, FolderImport folders, UserActions actions)
    : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private readonly HashSet<int> _seasons = [];
    private PreviewResult.Found? _found;
    private string _profile = "";
    private string? _failure;
    private string? _refusal;
    private bool _fetch;
    private bool _folderIsThere;
    private bool _busy;

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    /// <summary>Of the series' page.</summary>
    [Parameter, EditorRequired]
    public required string Link { get; set; }

    /// <summary>The dialog's title does not name the series.</summary>
    [Parameter]
    public bool ShowsName { get; set; }

    private LanguageOptions Languages => configuration.Current.Languages;

    private IReadOnlyList<LanguageProfile> Profiles => Languages.Profiles.Count > 0 ? Languages.Profiles : [LanguageProfile.Default];

    private string UsualProfile => LanguageChoice.ProfileOf(Languages, null).Name;

    private LanguageProfile Profile => LanguageChoice.ProfileOf(Languages, _profile);

    /// <summary>Films and specials last, as the catalogue has them.</summary>
    private IEnumerable<IGrouping<int, CatalogueEpisode>> Seasons => _found!.Series.Episodes.GroupBy(episode => episode.Season);

    private int WantedCount => _found!.Series.Episodes.Count(episode => _seasons.Contains(episode.Season) && LanguageChoice.Best(Profile, [.. episode.Languages]) is not null);

    /// <summary>One that is only announced has no season to choose.</summary>
    private bool CanAdd => _found is { } found && (_seasons.Count > 0 || found.Series.Episodes.Count == 0);

    private string Facts => string.Join(" · ", new[]
    {
        _found!.Series.Year?.ToString(CultureInfo.InvariantCulture), _found.Provider.Site, AddTexts.Count("Episodes", _found.Series.Episodes.Count),
    }.OfType<string>());

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override Task OnInitializedAsync()
    {
        _profile = UsualProfile;
        return LoadAsync();
    }

    private static string LongName(string code) => Language.TryParse(code, out var language) ? LanguageName.Long(language) : code;

    private IEnumerable<Language> LanguagesOf(IEnumerable<CatalogueEpisode> season) =>
        season.SelectMany(episode => episode.Languages).Distinct().OrderBy(language => LanguageChoice.Rank(Profile, language)).ThenBy(language => language.Code, StringComparer.Ordinal);

    private async Task LoadAsync()
    {
        _failure = null;
        try
        {
            Show(await anime.PreviewAsync(Link, _leaving.Token));
            _folderIsThere = _found is { } found && (await folders.ListAsync(_leaving.Token)).Any(folder => folder.Path == found.Folder);
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception e)
        {
            _failure = FailureSentence.Of(e);
        }
    }

    private void Show(PreviewResult preview)
    {
        switch (preview)
        {
            case PreviewResult.Found found:
                _found = found;
                _seasons.UnionWith(found.Series.Episodes.Select(episode => episode.Season));
                break;
            case PreviewResult.Refused(AddResult.AlreadyThere(var key)):
                Dialog.Close(DialogResult.Ok(key));
                break;
            case PreviewResult.Refused(var why):
                _refusal = AddTexts.Refusal(why, providers.Enabled.Count > 0);
                break;
        }
    }

    private void Toggle(int season)
    {
        if (!_seasons.Remove(season))
        {
            _seasons.Add(season);
        }
    }

    private async Task AddAsync()
    {
        _busy = true;
        await actions.TryAsync(async () =>
        {
            var wishes = new IntakeWishes(_profile == UsualProfile ? null : _profile, _seasons, _fetch);
            Close(await intake.AddAsync(_found!, wishes));
        });
        _busy = false;
    }

    private void Close(IntakeResult taken)
    {
        switch (taken.Outcome)
        {
            case AddResult.Added:
                Dialog.Close(DialogResult.Ok(taken));
                break;
            case AddResult.AlreadyThere(var key):
                Dialog.Close(DialogResult.Ok(key));
                break;
            case var why:
                _refusal = AddTexts.Refusal(why, providers.Enabled.Count > 0);
                break;
        }
    }
}
