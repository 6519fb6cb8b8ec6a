using AniWorld.Blazor.Layout;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Downloads;
using AniWorld.Services.Library;
using AniWorld.Services.Progress;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace AniWorld.Blazor.Library;

/// <summary>One series: its seasons and episodes, what of them is there, and what to do about the rest.</summary>
public sealed partial class SeriesPage(
    LiveFeed live, AnimeService anime, DownloadService downloads, FileRefetch refetch, BulkRename renames, ProgressService progress, UserActions actions, IDialogService dialogs,
    NavigationManager navigation, TimeProvider time) : LiveComponent(live)
{
    private readonly SeriesBoard _board = new();
    private readonly HashSet<int> _expanded = [];
    private Refresher _refresher = null!;
    private SeriesDetail? _detail;
    private string? _shownKey;
    private string? _failure;
    private bool _isUnknown;
    private bool _busy;

    [Parameter]
    public string Key { get; set; } = "";

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
                $"{EpisodeLabel.Short(replaced.Season, replaced.Number)} is now there in {LanguageName.Long(replaced.Language)}; the earlier file is in the trash.",
                "Bring it back",
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
                _board.Load(_detail, progress.Latest);
                if (first)
                {
                    OpenWhereSomethingIsMissing();
                }
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

    private void OpenWhereSomethingIsMissing()
    {
        if (_board.Seasons is [var first, ..])
        {
            _expanded.Add((_board.Seasons.FirstOrDefault(season => season.Missing.Count > 0) ?? first).Season);
        }
    }

    private void Expand(int season, bool open) => _ = open ? _expanded.Add(season) : _expanded.Remove(season);

    private void Toggle((EpisodeLine Line, bool Range) click) => _board.Toggle(click.Line, click.Range);

    private void Select((IReadOnlyList<EpisodeLine> Lines, bool Selected) choice) => _board.Select(choice.Lines, choice.Selected);

    private void ClearSelection() => _board.SelectOnly([]);

    /// <summary>One thing at a time: further clicks while it goes on do nothing.</summary>
    private async Task DoAsync(Func<Task> action)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        await actions.TryAsync(action);
        _busy = false;
        _refresher.Ask();
    }

    private Task DownloadMissingAsync() =>
        DownloadAsync([.. _board.Seasons.SelectMany(season => season.Missing)], null);

    private Task DownloadAsync(IReadOnlyList<EpisodeLine> lines, Language? language) => DoAsync(async () =>
    {
        var request = new EnqueueRequest(Key, [.. lines.Select(line => line.Number)], DownloadPriority.Normal, language);
        var result = await downloads.EnqueueAsync(request);
        if (result.Added.Count > 0)
        {
            ClearSelection();
            actions.Offer(EnqueueSentence.Of(result), "Show queue", () =>
            {
                navigation.NavigateTo("queue");
                return Task.CompletedTask;
            });
        }
        else
        {
            actions.Say(EnqueueSentence.Of(result));
        }
    });

    private Task IgnoreAsync((IReadOnlyList<EpisodeLine> Lines, bool Ignored) choice) => DoAsync(async () =>
    {
        IReadOnlyList<EpisodeNumber> numbers = [.. choice.Lines.Select(line => line.Number)];
        if (await anime.SetEpisodesAsync(Key, numbers, choice.Ignored, wanted: null))
        {
            ClearSelection();
            var what = numbers is [_] ? choice.Lines[0].Name : Amount.Count(numbers.Count, "episode", "episodes");
            actions.Offer(choice.Ignored ? $"{what} ignored." : $"{what} no longer ignored.", "Undo", async () =>
                await anime.SetEpisodesAsync(Key, numbers, !choice.Ignored, wanted: null));
        }
    });

    private Task WantAsync(EpisodeLine line) => DoAsync(async () =>
    {
        await anime.SetEpisodesAsync(Key, [line.Number], ignored: null, wanted: true);
        actions.Say($"{line.Name} is wanted again.");
    });

    private Task RemoveFilesAsync((EpisodeLine Line, Language Language) choice) => DoAsync(async () =>
    {
        if (await anime.RemoveFilesAsync(Key, choice.Line.Number, choice.Language) is FileRemovalResult.Removed(var files))
        {
            actions.Offer($"{choice.Line.Name} in {LanguageName.Long(choice.Language)} is in the trash.", "Undo", () => anime.PutBackAsync(files));
        }
    });

    private Task FetchAgainAsync((EpisodeLine Line, Language Language) choice) => DoAsync(async () =>
    {
        switch (await refetch.RunAsync(Key, choice.Line.Number, choice.Language))
        {
            case RefetchResult.Queued:
                actions.Say(KeepingTexts.Of("FetchingAgain", choice.Line.Name));
                break;
            case RefetchResult.Refused(var reason):
                actions.Say(KeepingTexts.Of("FetchRefused", reason), Severity.Warning);
                break;
        }
    });

    private Task RenameAsync() => DoAsync(async () =>
    {
        if (await renames.PlanAsync(Key) is not { } plan)
        {
            return;
        }

        var parameters = new DialogParameters<RenameDialog>
        {
            { dialog => dialog.Plan, plan },
            { dialog => dialog.LastRename, renames.LastRename(Key) },
        };
        var dialog = await dialogs.ShowAsync<RenameDialog>(
            KeepingTexts.Of("RenameFiles"), parameters, new DialogOptions { MaxWidth = MaxWidth.Large, FullWidth = true });
        if (await dialog.Result is { Canceled: false, Data: bool undo })
        {
            Tell(await (undo ? renames.UndoAsync(Key) : renames.RunAsync(Key)), undo);
        }
    });

    private void Tell(RenameResult result, bool undone)
    {
        switch (result)
        {
            case RenameResult.Renamed(var moves, _) when undone:
                actions.Say(KeepingTexts.Count("Undone", moves.Count));
                break;
            case RenameResult.Renamed(var moves, _):
                actions.Offer(KeepingTexts.Count("Renamed", moves.Count), KeepingTexts.Of("Undo"), async () => Tell(await renames.UndoAsync(Key), undone: true));
                break;
            case RenameResult.ScanRuns:
                actions.Say(KeepingTexts.Of("ScanRuns"), Severity.Warning);
                break;
        }
    }

    private Task MonitorAsync(bool monitored) =>
        DoAsync(() => anime.ChangeAsync(Key, new SeriesChange { Monitored = monitored }));

    /// <param name="profile"><see langword="null"/> for the general one.</param>
    private Task FollowAsync(string? profile) =>
        DoAsync(() => anime.ChangeAsync(Key, new SeriesChange { LanguageProfile = new Given<string?>(profile) }));

    private Task RefreshAsync(int? hours) =>
        DoAsync(() => anime.ChangeAsync(Key, new SeriesChange { RefreshHours = new Given<int?>(hours) }));

    private async Task RemoveAsync()
    {
        var name = _detail!.Summary.Name;
        var parameters = new DialogParameters<RemoveSeriesDialog>
        {
            { dialog => dialog.Name, name },
            { dialog => dialog.Folder, _detail.Summary.Folder },
        };
        var dialog = await dialogs.ShowAsync<RemoveSeriesDialog>("Remove this series?", parameters);
        if (await dialog.Result is { Canceled: false, Data: bool files })
        {
            await DoAsync(() => DeleteAsync(name, files));
        }
    }

    private async Task DeleteAsync(string name, bool files)
    {
        var key = Key;
        await anime.DeleteAsync(key, files);
        navigation.NavigateTo("");
        actions.Offer($"{name} was removed{(files ? "; its folder is in the trash" : "")}.", "Undo", async () =>
        {
            await anime.RestoreAsync(key);
            actions.Say($"{name} is back.");
        });
    }
}
