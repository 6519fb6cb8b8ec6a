using System.Globalization;
using AniWorld.Blazor.Layout;
using AniWorld.Blazor.Scheduling;
using AniWorld.Services.History;
using AniWorld.Services.Progress;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AniWorld.Blazor.History;

/// <summary>What happened, the newest first. The filter stands in the address.</summary>
public sealed partial class HistoryPage(
    LiveFeed live, HistoryService history, NavigationManager navigation, IJSRuntime browser, TimeProvider time) : LiveComponent(live)
{
    private Refresher _refresher = null!;
    private HistoryView _view = HistoryView.Everything;
    private HistoryResult? _page;
    private IReadOnlyList<string> _kinds = [];
    private TimeZoneInfo? _zone;
    private string? _failure;

    [SupplyParameterFromQuery(Name = "kind")]
    public string? Kind { get; set; }

    [SupplyParameterFromQuery(Name = "key")]
    public string? Key { get; set; }

    [SupplyParameterFromQuery(Name = "period")]
    public string? Period { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int? Page { get; set; }

    private TimeZoneInfo Zone => _zone ?? time.LocalTimeZone;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        _refresher = new Refresher(LoadAsync, time, Leaving);
    }

    protected override async Task OnParametersSetAsync()
    {
        var view = HistoryView.Of(Kind, Key, Period, Text, Page);
        if (_page is null || view != _view)
        {
            _view = view;
            await LoadAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await UserTimeZone.AskAsync(browser) is { } zone && !zone.Equals(Zone))
        {
            _zone = zone;
            await LoadAsync();
        }
    }

    protected override Task OnLiveAsync(LiveBatch batch)
    {
        if (batch.Tells<DownloadCompleted>() || batch.Tells<DownloadFailed>() || batch.Tells<SeriesChanged>())
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
            var kinds = await history.KindsAsync(Leaving);
            var page = await history.ListAsync(view.Query(time.GetUtcNow(), Zone), Leaving);
            if (view == _view)
            {
                (_kinds, _page, _failure) = (kinds, page, null);
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

    private void Show(HistoryView view)
    {
        if (view != _view)
        {
            navigation.NavigateTo(navigation.GetUriWithQueryParameters(view.Address), replace: true);
        }
    }

    private DateOnly DayOf(HistoryLine line) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(line.Event.CreatedAt, Zone).DateTime);

    private string NameOf(DateOnly day)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), Zone).DateTime);
        return day == today ? HistoryTexts.Of("Today")
            : day == today.AddDays(-1) ? HistoryTexts.Of("Yesterday")
            : day.ToString("D", CultureInfo.CurrentCulture);
    }
}
