using AniWorld.Blazor.Layout;
using AniWorld.Services.Library;
using AniWorld.Services.Progress;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Library;

/// <summary>Starts a scan of the library, or of one series.</summary>
public sealed partial class ScanButton(LiveFeed live, ScanService scans, ProgressService progress, UserActions actions) : LiveComponent(live)
{
    private bool _isRunning;
    private bool _isStarting;

    /// <summary><see langword="null"/> for the whole library.</summary>
    [Parameter]
    public string? SeriesKey { get; set; }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        _isRunning = progress.CurrentScan is not null;
    }

    protected override Task OnLiveAsync(LiveBatch batch)
    {
        if (batch.Tells<ScanProgressed>() || batch.Tells<ScanCompleted>() || batch.Tells<ScanFailed>())
        {
            var running = progress.CurrentScan is not null;
            if (running != _isRunning)
            {
                _isRunning = running;
                StateHasChanged();
            }
        }

        return Task.CompletedTask;
    }

    private async Task StartAsync()
    {
        _isStarting = true;
        await actions.TryAsync(async () =>
        {
            switch (await scans.StartAsync(SeriesKey))
            {
                case ScanStart.Started:
                    _isRunning = true;
                    break;
                case ScanStart.AlreadyRunning:
                    actions.Say(LibraryTexts.Of("ScanRunsAlready"));
                    break;
                case ScanStart.UnknownSeries:
                    actions.Say(LibraryTexts.Of("SeriesGone"));
                    break;
            }
        });
        _isStarting = false;
    }
}
