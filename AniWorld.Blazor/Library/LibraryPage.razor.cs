using AniWorld.Blazor.Layout;
using AniWorld.Services.Library;
using AniWorld.Services.Progress;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AniWorld.Blazor.Library;

/// <summary>All series as posters or in a table, with what is missing of each. What is shown stands in the address.</summary>
public sealed partial class LibraryPage(LiveFeed live, AnimeService anime, NavigationManager navigation, IJSRuntime js, TimeProvider time)
    : LiveComponent(live)
{
    private readonly LibrarySelection _selection = new();
    private readonly Queue<LibraryView> _told = new();
    private LibraryView? _addressed;
    private LibraryView _view = new();
    private IReadOnlyDictionary<SeriesTraits, int> _traits = new Dictionary<SeriesTraits, int>();
    private Refresher _refresher = null!;
    private SeriesWindow? _window;
    private ElementReference _list;
    private string? _listId;
    private int? _total;
    private bool _isSelecting;

    /// <summary>Keys of all that are listed, from the first range on: the next one need not wait for them.</summary>
    private IReadOnlyList<string>? _order;
    private string? _failure;

    [SupplyParameterFromQuery(Name = "q")]
    public string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "reverse")]
    public bool? Reverse { get; set; }

    [SupplyParameterFromQuery(Name = "show")]
    public string? Show { get; set; }

    [SupplyParameterFromQuery(Name = "profile")]
    public string? Profile { get; set; }

    [SupplyParameterFromQuery(Name = "view")]
    public string? Shape { get; set; }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        _refresher = new Refresher(LoadAsync, time, Leaving);
    }

    protected override async Task OnParametersSetAsync()
    {
        // Whoever draws the layout again sets the parameters as they were, while the address that follows from a key is still on its way.
        var view = LibraryView.Of(Search, Sort, Reverse, Show, Profile, Shape);
        var isNew = view != _addressed;
        _addressed = view;
        if (isNew && !IsOwn(view))
        {
            (_view, _order) = (view, null);
            await LoadAsync();
        }
    }

    /// <summary>Arrow keys work in the list; each list is told of once.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_list.Id is { } id && id != _listId)
        {
            _listId = id;
            await js.InvokeVoidAsync("aniworldLibrary.arrows", _list);
        }
    }

    protected override Task OnLiveAsync(LiveBatch batch)
    {
        if (batch.Tells<SeriesChanged>() || batch.Tells<ScanCompleted>() || batch.Tells<DownloadFailed>() || batch.Tells<DownloadCompleted>())
        {
            _refresher.Ask();
        }

        return Task.CompletedTask;
    }

    private async Task LoadAsync()
    {
        var view = _view;
        try
        {
            var window = new SeriesWindow(anime, view.Query);
            await window.ReadAsync(0, 1, Leaving);
            if (view != _view)
            {
                return;
            }

            (_window, _total, _traits, _failure) = (window, window.Total, window.Traits, null);
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

    private Task ShowAllAsync() => ShowAsync(new LibraryView(Sort: _view.Sort, IsReversed: _view.IsReversed, IsTable: _view.IsTable));

    private async Task ShowAsync(LibraryView view)
    {
        if (view != _view)
        {
            (_view, _order) = (view, null);
            await LoadAsync();
            var address = navigation.GetUriWithQueryParameters(view.Address);
            if (view == _view && address != navigation.Uri)
            {
                _told.Enqueue(view with { Search = view.Query.Filter });
                navigation.NavigateTo(address, replace: true);
            }
        }
    }

    /// <summary>Whether the address says what this page made it say. It comes back late, when somebody may have typed on.</summary>
    private bool IsOwn(LibraryView view)
    {
        if (_told.Contains(view))
        {
            while (_told.Dequeue() != view)
            {
                // An address that the next one overtook.
            }

            return true;
        }

        return _window is not null && view == _view;
    }

    private void ToggleSelecting()
    {
        (_isSelecting, _order) = (!_isSelecting, null);
        _selection.Clear();
    }

    private void ClearSelection() => _selection.Clear();

    private async Task PickAsync(SeriesPick pick)
    {
        if (pick.IsRange)
        {
            _selection.Extend(pick.Key, _order ??= await ListedAsync());
        }
        else
        {
            _selection.Flip(pick.Key);
        }
    }

    private async Task SelectAllAsync() => _selection.SelectAll(await ListedAsync());

    private async Task<IReadOnlyList<string>> ListedAsync() => [.. (await anime.ListAsync(_view.Query, Leaving)).Items.Select(series => series.Key)];
}
