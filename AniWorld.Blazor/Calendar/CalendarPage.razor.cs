using AniWorld.Blazor.Layout;
using AniWorld.Blazor.Scheduling;
using AniWorld.Services.Library;
using AniWorld.Services.Progress;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AniWorld.Blazor.Calendar;

/// <summary>What is expected and what came, by month or week. Which one stands in the address.</summary>
public sealed partial class CalendarPage(
    LiveFeed live, EpisodeCalendar calendar, NavigationManager navigation, IJSRuntime browser, TimeProvider time) : LiveComponent(live)
{
    private static readonly string[] States =
        [nameof(CalendarState.Expected), "Late", nameof(CalendarState.Offered), nameof(CalendarState.Arrived)];

    private Refresher _refresher = null!;
    private CalendarView _view = null!;
    private ILookup<DateOnly, CalendarEntry>? _entries;
    private TimeZoneInfo? _zone;
    private DateOnly _today;
    private string? _failure;

    [SupplyParameterFromQuery(Name = "view")]
    public string? ViewName { get; set; }

    [SupplyParameterFromQuery(Name = "day")]
    public string? Day { get; set; }

    private TimeZoneInfo Zone => _zone ?? time.LocalTimeZone;

    private string Span => _view.IsWeek ? "Week" : "Month";

    /// <summary>Of the month that is shown the week of today, or its first one.</summary>
    private CalendarView Week => new(_today >= _view.First && _today <= _view.Last ? _today : _view.First, IsWeek: true);

    protected override void OnInitialized()
    {
        base.OnInitialized();
        _refresher = new Refresher(LoadAsync, time, Leaving);
        LookAtClock();
    }

    protected override async Task OnParametersSetAsync()
    {
        var view = CalendarView.Of(ViewName, Day, _today);
        if (_entries is null || view != _view)
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
        if (batch.Tells<DownloadCompleted>() || batch.Tells<SeriesChanged>())
        {
            _refresher.Ask();
        }

        return Task.CompletedTask;
    }

    private void LookAtClock() => _today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), Zone).DateTime);

    private async Task LoadAsync()
    {
        try
        {
            LookAtClock();
            var view = _view;
            var days = view.Days;
            var episodes = await calendar.ListAsync(days[0], days[^1], Zone, Leaving);
            if (view == _view)
            {
                _entries = CalendarEntry.Of(episodes, _today).ToLookup(entry => entry.On);
                _failure = null;
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

    private void Show(CalendarView view) => navigation.NavigateTo(navigation.GetUriWithQueryParameters(view.Address(_today)), replace: true);
}
