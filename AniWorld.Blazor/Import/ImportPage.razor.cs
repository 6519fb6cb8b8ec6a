using AniWorld.Blazor.Layout;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Library;
using AniWorld.Services.Policy;
using AniWorld.Services.Progress;

namespace AniWorld.Blazor.Import;

/// <summary>Makes series of folders that lie in the library and belong to nobody, and takes over what an older program left.</summary>
public sealed partial class ImportPage(
    LiveFeed live, FolderImport import, ScanService scans, ProviderRegistry providers, ConfigService configuration, ProgressService progress, UserActions actions, TimeProvider time)
    : LiveComponent(live), IAsyncDisposable
{
    /// <summary>More need a filter.</summary>
    private const int FewFolders = 12;

    private readonly HashSet<string> _selected = [];
    private readonly Dictionary<string, FolderCandidate> _chosen = [];
    private Refresher _refresher = null!;
    private Action? _refresh;
    private IReadOnlyList<UnknownFolder>? _folders;
    private ScanProgressed? _scan;
    private bool _wasScanned;
    private bool _sourcesOn;
    private string _filter = "";
    private string _profile = "";
    private string? _failure;

    private IReadOnlyList<UnknownFolder> Open { get; set; } = [];

    private IReadOnlyList<UnknownFolder> Ignored { get; set; } = [];

    private ICollection<UnknownFolder> Shown =>
        string.IsNullOrWhiteSpace(_filter) ? [.. Open] : [.. Open.Where(folder => folder.Path.Contains(_filter.Trim(), StringComparison.CurrentCultureIgnoreCase))];

    private IReadOnlyList<string> Unasked => [.. Open.Where(folder => import.MatchOf(folder.Path) is null).Select(folder => folder.Path)];

    private IReadOnlyList<UnknownFolder> Sure => [.. Open.Where(folder => ChosenOf(folder) is { IsSure: true, Series.InLibrary: false } && !_selected.Contains(folder.Path))];

    /// <summary>Those chosen of which it is known what they are.</summary>
    private IReadOnlyList<UnknownFolder> Ready => [.. Open.Where(folder => _selected.Contains(folder.Path) && ChosenOf(folder) is not null)];

    private IReadOnlyList<LanguageProfile> Profiles => configuration.Current.Languages.Profiles;

    public ValueTask DisposeAsync()
    {
        import.Changed -= _refresh;
        Dispose();
        return ValueTask.CompletedTask;
    }

    protected override async Task OnInitializedAsync()
    {
        _refresher = new Refresher(LoadAsync, time, Leaving);
        _profile = LanguageChoice.ProfileOf(configuration.Current.Languages, null).Name;
        _scan = progress.CurrentScan;
        import.Changed += _refresh = ReaderLanguage.Keep(() => _ = InvokeAsync(_refresher.Ask));
        await LoadAsync();
    }

    protected override Task OnLiveAsync(LiveBatch batch)
    {
        if (batch.Tells<ScanProgressed>() || batch.Tells<ScanCompleted>() || batch.Tells<ScanFailed>())
        {
            _scan = progress.CurrentScan;
            StateHasChanged();
        }

        if (batch.Tells<ScanCompleted>() || batch.Tells<ScanFailed>() || batch.Tells<SeriesChanged>())
        {
            _refresher.Ask();
        }

        return Task.CompletedTask;
    }

    private async Task LoadAsync()
    {
        try
        {
            var folders = await import.ListAsync(Leaving);
            (Open, Ignored) = ([.. folders.Where(folder => !folder.IsIgnored)], [.. folders.Where(folder => folder.IsIgnored)]);
            _wasScanned = folders.Count > 0 || await scans.LatestAsync(Leaving) is not null;
            _sourcesOn = providers.Enabled.Any(provider => provider.CanSearch);
            _selected.IntersectWith(Open.Select(folder => folder.Path));
            (_folders, _failure) = (folders, null);
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

    /// <summary>What the user chose for a folder, else the best of what was found.</summary>
    private FolderCandidate? ChosenOf(UnknownFolder folder) =>
        import.MatchOf(folder.Path)?.Candidates is not { Count: > 0 } candidates ? null
        : _chosen.GetValueOrDefault(folder.Path) is { } chosen && candidates.Contains(chosen) ? chosen : candidates[0];

    private void Choose(string folder, FolderCandidate candidate)
    {
        _chosen[folder] = candidate;
        _selected.Add(folder);
    }

    private void Toggle(string folder)
    {
        if (!_selected.Remove(folder))
        {
            _selected.Add(folder);
        }
    }

    private void SelectSure() => _selected.UnionWith(Sure.Select(folder => folder.Path));

    private Task<bool> ScanAsync() => actions.TryAsync(async () =>
    {
        if (await scans.StartAsync(offline: true) is ScanStart.AlreadyRunning)
        {
            actions.Say(ImportTexts.Of("LookBusy"));
        }
    });

    private void Start(bool started)
    {
        if (!started)
        {
            actions.Say(ImportTexts.Of("Busy"));
        }
    }

    private Task<bool> SearchAsync(string folder, string text) => actions.TryAsync(async () =>
    {
        _chosen.Remove(folder);
        await import.SearchAsync(folder, text, Leaving);
    });

    private void Assign(IReadOnlyList<UnknownFolder> folders)
    {
        var usual = LanguageChoice.ProfileOf(configuration.Current.Languages, null).Name;
        var links = folders.Where(folder => ChosenOf(folder) is not null).ToDictionary(folder => folder.Path, folder => ChosenOf(folder)!.Link);
        var started = import.StartAssigning(links, _profile == usual ? null : _profile);
        Start(started);
        if (started)
        {
            _selected.ExceptWith(links.Keys);
            actions.Say(ImportTexts.Count("Started", links.Count));
        }
    }

    private Task<bool> IgnoreAsync(IReadOnlyList<string> folders) => actions.TryAsync(async () =>
    {
        await import.IgnoreAsync(folders, ignored: true);
        _selected.ExceptWith(folders);
        actions.Offer(ImportTexts.Count("Ignored", folders.Count), ImportTexts.Of("Undo"), () => ShowAgainAsync(folders));
    });

    private Task<bool> ShowAgainAsync(IReadOnlyList<string> folders) => actions.TryAsync(() => import.IgnoreAsync(folders, ignored: false));
}
