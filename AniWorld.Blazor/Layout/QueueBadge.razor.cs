using System.Data.Common;
using AniWorld.Services.Downloads;
using AniWorld.Services.Progress;

namespace AniWorld.Blazor.Layout;

/// <summary>How many downloads wait or run.</summary>
public sealed partial class QueueBadge(LiveFeed live, DownloadService downloads, ILogger<QueueBadge> logger) : LiveComponent(live)
{
    private int _open;

    protected override Task OnInitializedAsync() => LoadAsync();

    protected override async Task OnLiveAsync(LiveBatch batch)
    {
        if (batch.Anew)
        {
            await LoadAsync();
        }
        else if (batch.Events.OfType<QueueChanged>().LastOrDefault() is { } queue)
        {
            Show(queue.Statistics);
        }
    }

    /// <summary>Without its number the navigation works as well; the page of the queue says what is wrong.</summary>
    private async Task LoadAsync()
    {
        try
        {
            Show((await downloads.StateAsync(Leaving)).Statistics);
        }
        catch (Exception e) when (e is DbException or OperationCanceledException)
        {
            logger.LogDebug(e, "The queue could not be counted");
        }
    }

    private void Show(QueueStatistics statistics)
    {
        var open = statistics.PendingCount + statistics.ActiveCount;
        if (open != _open)
        {
            _open = open;
            StateHasChanged();
        }
    }
}
