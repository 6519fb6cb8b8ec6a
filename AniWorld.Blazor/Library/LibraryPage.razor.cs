using AniWorld.Blazor.Layout;
using AniWorld.Services.Library;
using AniWorld.Services.Progress;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Library;

/// <summary>All series as posters, with what is missing of each. Search, order and filter stand in the address.</summary>
public sealed partial class LibraryPage(LiveFeed live, AnimeService anime, NavigationManager navigation, TimeProvider time) : LiveComponent(live)
{
    private LibraryView _view = LibraryView.Of(null, null, null);
    private Refresher _refresher = null!;
    private SeriesWindow? _window;
    private PosterGrid? _grid;
    private int? _total;
    private string? _failure;

    [SupplyParameterFromQuery(Name = "q")]
    public string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "show")]
    public string? Show { get; set; }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        _refresher = new Refresher(LoadAsync, time, Leaving);
    }

    protected override async Task OnParametersSetAsync()
    {
        var view = LibraryView.Of(Search, Sort, Show);
        if (_window is null || view != _view)
        {
            _view = view;
            await LoadAsync();
        }
    }

    protected override Task OnLiveAsync(LiveBatch batch)
    {
        if (batch.Tells<SeriesChanged>() || batch.Tells<ScanCompleted>())
        {
            _refresher.Ask();
        }

        return Task.CompletedTask;
    }

    private async Task LoadAsync()
    {
        try
        {
            var window = new SeriesWindow(anime, _view.Query);
            await window.ReadAsync(0, 1, Leaving);
            (_window, _total, _failure) = (window, window.Total, null);
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
        if (_grid is not null)
        {
            await _grid.RefreshAsync();
        }
    }

    private Task SearchAsync(string? search) => ShowAsync(_view with { Search = search });

    private Task SortAsync(SeriesSort sort) => ShowAsync(_view with { Sort = sort });

    private Task ToggleMissingAsync() => ShowAsync(_view with { OnlyMissing = !_view.OnlyMissing });

    private Task ShowAllAsync() => ShowAsync(LibraryView.Of(null, Sort, null));

    private async Task ShowAsync(LibraryView view)
    {
        if (view != _view)
        {
            _view = view;
            await LoadAsync();
            navigation.NavigateTo(navigation.GetUriWithQueryParameters(view.Address), replace: true);
        }
    }
}
