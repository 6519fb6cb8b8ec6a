using AniWorld.Blazor.Layout;
using AniWorld.Services.Downloads;
using AniWorld.Services.Progress;

namespace AniWorld.Blazor.Downloads;

/// <summary>What runs, waits, failed and is done, as it happens.</summary>
public sealed partial class QueuePage(
    LiveFeed live, DownloadService downloads, ProgressService progress, UserActions actions, TimeProvider time) : LiveComponent(live)
{
    private readonly QueueBoard _board = new();
    private Refresher _refresher = null!;
    private QueueNumbers? _numbers;
    private bool _loaded;
    private bool _busy;
    private string? _failure;

    private string TabTitle => _board.Active.Count == 0
        ? "Queue · AniWorld"
        : $"{Amount.Percent(_board.Active.Average(line => line.Percent))} of {_board.Active.Count} · Queue · AniWorld";

    protected override Task OnInitializedAsync()
    {
        _refresher = new Refresher(LoadAsync, time, Leaving);
        return LoadAsync();
    }

    /// <summary>Progress draws its own rows again and the numbers; anything else may move rows and reads the lists anew.</summary>
    protected override Task OnLiveAsync(LiveBatch batch)
    {
        var redrawn = false;
        foreach (var moved in batch.Events.OfType<DownloadProgressed>())
        {
            _board.Take(moved)?.Redraw();
            redrawn = true;
        }

        if (redrawn)
        {
            _numbers?.Redraw();
        }

        if (batch.Tells<QueueChanged>() || batch.Tells<DownloadCompleted>() || batch.Tells<DownloadFailed>())
        {
            _refresher.Ask();
        }

        return Task.CompletedTask;
    }

    private async Task LoadAsync()
    {
        try
        {
            _board.Load(await downloads.StateAsync(Leaving), progress.Latest);
            (_loaded, _failure) = (true, null);
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

    private Task MoveAsync((QueueLine Line, QueueMove To) move) =>
        DoAsync(() => downloads.ReorderAsync(_board.Moved(move.Line, move.To)));
}
