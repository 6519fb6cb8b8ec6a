using AniWorld.Blazor.Layout;
using AniWorld.Blazor.Library;
using AniWorld.Services.Library;
using AniWorld.Services.Policy;
using AniWorld.Services.Progress;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace AniWorld.Blazor.Policy;

/// <summary>What is missing, could be better or was set aside, over all series. The filter stands in the address.</summary>
public sealed partial class MissingPage(
    LiveFeed live, MissingService missing, UserActions actions, IDialogService dialogs, NavigationManager navigation, TimeProvider time)
    : LiveComponent(live)
{
    private readonly HashSet<EpisodeKey> _selected = [];
    private MissingView _view = new(new MissingRequest(), 1);
    private Refresher _refresher = null!;
    private MissingResult? _found;
    private MissingChoices? _choices;
    private string? _failure;
    private bool _busy;

    [SupplyParameterFromQuery(Name = "kind")]
    public string? Kind { get; set; }

    [SupplyParameterFromQuery(Name = "filter")]
    public string? Filter { get; set; }

    [SupplyParameterFromQuery(Name = "key")]
    public string? Key { get; set; }

    [SupplyParameterFromQuery(Name = "season")]
    public int? Season { get; set; }

    [SupplyParameterFromQuery(Name = "language")]
    public string? Language { get; set; }

    [SupplyParameterFromQuery(Name = "reason")]
    public string? Reason { get; set; }

    [SupplyParameterFromQuery(Name = "min_age_days")]
    public int? MinAgeDays { get; set; }

    [SupplyParameterFromQuery(Name = "max_age_days")]
    public int? MaxAgeDays { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int? Page { get; set; }

    private string? SeriesName => _view.Query.Key is { } key ? _found?.Items.FirstOrDefault(line => line.Key == key)?.Name ?? key : null;

    /// <summary>Runs of one season of one series, in the list's order.</summary>
    private IEnumerable<IGrouping<(string Key, int Season), MissingEpisode>> Seasons =>
        _found!.Items.GroupBy(line => (line.Key, line.Episode.Season));

    protected override void OnInitialized()
    {
        base.OnInitialized();
        _refresher = new Refresher(LoadAsync, time, Leaving);
    }

    protected override async Task OnParametersSetAsync()
    {
        var view = new MissingView(
            new MissingRequest
            {
                Kind = Kind,
                Filter = Filter,
                Key = Key,
                Season = Season,
                Language = Language,
                Reason = Reason,
                MinAgeDays = MinAgeDays,
                MaxAgeDays = MaxAgeDays,
            },
            Page ?? 1);
        if (_found is null || view != _view)
        {
            if (view.Text != _view.Text)
            {
                _selected.Clear();
            }

            _view = view;
            await LoadAsync();
        }
    }

    protected override Task OnLiveAsync(LiveBatch batch)
    {
        if (batch.Tells<SeriesChanged>() || batch.Tells<QueueChanged>() || batch.Tells<ScanCompleted>())
        {
            _refresher.Ask();
        }

        return Task.CompletedTask;
    }

    private async Task LoadAsync()
    {
        try
        {
            var view = _view;
            var choices = await missing.ChoicesAsync(view.Query.Kind, view.Query.Key, Leaving);
            var found = await missing.ListAsync(view.Query, Leaving);
            if (view == _view)
            {
                (_choices, _found, _failure) = (choices, found, null);
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

    private void Show(MissingView view)
    {
        if (view != _view)
        {
            navigation.NavigateTo(navigation.GetUriWithQueryParameters(view.Address), replace: true);
        }
    }

    private void ShowSaved(string query) => navigation.NavigateTo(query.Length == 0 ? "missing" : $"missing?{query}");

    private void Toggle(EpisodeKey line)
    {
        if (!_selected.Remove(line))
        {
            _selected.Add(line);
        }
    }

    private void SelectAll(IReadOnlyList<MissingEpisode> lines)
    {
        var keys = lines.Select(line => line.Id).ToList();
        if (keys.All(_selected.Contains))
        {
            _selected.ExceptWith(keys);
        }
        else
        {
            _selected.UnionWith(keys);
        }
    }

    /// <summary>All that the filter shows, on all its pages.</summary>
    private async Task FetchAllAsync()
    {
        var all = await missing.KeysAsync(_view.Query, Leaving);
        if (all.Count <= 1 || await dialogs.ShowMessageBoxAsync(
                MissingTexts.Text("fetch_all_title"), MissingTexts.Text("fetch_all_text", all.Count), MissingTexts.Text("download"),
                cancelText: MissingTexts.Text("cancel")) is true)
        {
            await FetchAsync(all);
        }
    }

    private Task FetchAsync(IReadOnlyList<EpisodeKey> lines) => DoAsync(async () =>
    {
        var result = await missing.FetchAsync(lines);
        if (result.Added == 0)
        {
            actions.Say(MissingTexts.Text("queued_none", EnqueueSentence.Reasons(result.Skipped)));
            return;
        }

        _selected.Clear();
        actions.Offer(MissingTexts.Count("queued", result.Added), MissingTexts.Text("show_queue"), () =>
        {
            navigation.NavigateTo("queue");
            return Task.CompletedTask;
        });
    });

    private Task IgnoreAsync(IReadOnlyList<EpisodeKey> lines) => DoAsync(async () =>
    {
        await missing.SetAsync(lines, ignored: true, wanted: null);
        _selected.Clear();
        actions.Offer(
            MissingTexts.Count("ignored", lines.Count), MissingTexts.Text("undo"), () => missing.SetAsync(lines, ignored: false, wanted: null));
    });

    private Task WantAsync(IReadOnlyList<EpisodeKey> lines) => DoAsync(async () =>
    {
        await missing.SetAsync(lines, ignored: null, wanted: true);
        _selected.Clear();
        actions.Say(MissingTexts.Count("wanted", lines.Count));
    });

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
}
