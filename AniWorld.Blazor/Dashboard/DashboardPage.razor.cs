using AniWorld.Blazor.Downloads;
using AniWorld.Blazor.Layout;
using AniWorld.Blazor.Scheduling;
using AniWorld.Services.Downloads;
using AniWorld.Services.Progress;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace AniWorld.Blazor.Dashboard;

/// <summary>How everything stands, each part a way to the page that says more.</summary>
public sealed partial class DashboardPage(
    LiveFeed live, DashboardReader reader, DownloadService downloads, ProgressService progress, NavigationManager navigation, IJSRuntime browser,
    TimeProvider time) : LiveComponent(live)
{
    private const int MostToday = 6;
    private const int MostNotices = 4;

    /// <summary>Counting what is missing takes all series; while a queue is worked off it changes all the time.</summary>
    private static readonly TimeSpan FiguresApart = TimeSpan.FromSeconds(5);

    private readonly QueueBoard _board = new();
    private Refresher _queue = null!;
    private Refresher _rest = null!;
    private RunningDownloads? _running;
    private DashboardFigures? _figures;
    private TimeZoneInfo? _zone;
    private string? _failure;

    [SupplyParameterFromQuery(Name = "q")]
    public string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "show")]
    public string? Show { get; set; }

    private TimeZoneInfo Zone => _zone ?? time.LocalTimeZone;

    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), Zone).DateTime);

    protected override async Task OnInitializedAsync()
    {
        _queue = new Refresher(LoadQueueAsync, time, Leaving);
        _rest = new Refresher(LoadAsync, time, Leaving, FiguresApart);
        if (Search is null && Sort is null && Show is null)
        {
            await LoadAsync();
        }
        else
        {
            // The library was here once; who has kept such an address still gets there.
            navigation.NavigateTo("library" + new Uri(navigation.Uri).Query, replace: true);
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

    /// <summary>Progress draws its own lines again; the queue is read anew when it moved, the rest less often.</summary>
    protected override Task OnLiveAsync(LiveBatch batch)
    {
        var moved = batch.Events.OfType<DownloadProgressed>().Select(_board.Take).OfType<QueueLine>().ToList();
        moved.ForEach(line => line.Redraw());
        if (moved.Count > 0)
        {
            _running?.Redraw();
        }

        if (batch.Tells<QueueChanged>() || batch.Tells<DownloadCompleted>() || batch.Tells<DownloadFailed>())
        {
            _queue.Ask();
        }

        if (batch.Tells<SeriesChanged>() || batch.Tells<DownloadCompleted>() || batch.Tells<ScanCompleted>() || batch.Tells<SystemNotice>())
        {
            _rest.Ask();
        }

        return Task.CompletedTask;
    }

    private static string IconOf(string level) => level switch
    {
        "error" => Icons.Material.Outlined.ErrorOutline,
        "warning" => Icons.Material.Outlined.WarningAmber,
        _ => Icons.Material.Outlined.Info,
    };

    private Task LoadQueueAsync() => TryAsync(ReadQueueAsync);

    private Task LoadAsync() => TryAsync(async () =>
    {
        await ReadQueueAsync();
        _figures = await reader.ReadAsync(Zone, Leaving);
    });

    private async Task ReadQueueAsync() => _board.Load(await downloads.StateAsync(Leaving), progress.Latest);

    private async Task TryAsync(Func<Task> read)
    {
        try
        {
            await read();
            _failure = null;
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
}
