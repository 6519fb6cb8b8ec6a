using AniWorld.Blazor.CommandLine;
using AniWorld.Data.Downloads;
using Spectre.Console;

namespace AniWorld.Blazor.Downloads;

/// <summary>Shows how some of the queue's items advance, until each has ended.</summary>
internal sealed class DownloadWatch(ApiClient api, CommandOutput output)
{
    /// <summary>As many waiting, completed and failed items a status lists.</summary>
    private const int Listed = 100;

    /// <summary>Looks between two lines in a pipe.</summary>
    private const int LinesApart = 10;

    /// <summary>Looks in a row that an item may be in no list.</summary>
    private const int Doubts = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, ProgressTask> _bars = [];
    private readonly Dictionary<string, int> _unseen = [];
    private bool _allWell = true;
    private int _looks;

    /// <returns>Done only when every one of them is complete.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var open = ids.ToHashSet();
        if (output.IsTerminal)
        {
            await AnsiConsole.Progress()
                .AutoClear(true)
                .HideCompleted(true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
                .StartAsync(bars => WatchAsync(open, item => Draw(bars, item), cancellationToken));
        }
        else
        {
            await WatchAsync(open, Line, cancellationToken);
        }

        return _allWell ? ExitCode.Done : ExitCode.Failed;
    }

    private async Task WatchAsync(HashSet<string> open, Action<DownloadItem> show, CancellationToken cancellationToken)
    {
        while (true)
        {
            var queue = await api.GetAsync<QueueStatus>("/api/queue/status", cancellationToken);
            foreach (var ended in queue.CompletedDownloads.Concat(queue.FailedDownloads).Where(item => open.Remove(item.Id)))
            {
                End(ended);
            }

            RemoveVanished(open, queue);
            if (open.Count == 0)
            {
                return;
            }

            if (!queue.IsRunning || queue.IsPaused)
            {
                throw new StartException(
                    $"The queue is {(queue.IsRunning ? "paused" : "stopped")}; 'aniworld queue {(queue.IsRunning ? "resume" : "start")}' lets it go on.");
            }

            foreach (var item in queue.ActiveDownloads.Where(item => open.Contains(item.Id)))
            {
                show(item);
            }

            foreach (var item in queue.PendingQueue.Where(item => item.Error is not null && open.Contains(item.Id)))
            {
                show(item);
            }

            _looks++;
            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>Somebody took them out of the queue. One that is moving from list to list may be in none of them for a moment.</summary>
    private void RemoveVanished(HashSet<string> open, QueueStatus queue)
    {
        var there = queue.ActiveDownloads.Concat(queue.PendingQueue).Select(item => item.Id).ToHashSet();
        foreach (var id in open.Where(id => there.Contains(id) || queue.PendingQueue.Count == Listed))
        {
            _unseen.Remove(id);
        }

        foreach (var id in open.Where(id => !there.Contains(id) && queue.PendingQueue.Count < Listed).ToList())
        {
            _unseen[id] = _unseen.GetValueOrDefault(id) + 1;
            if (_unseen[id] > Doubts)
            {
                open.Remove(id);
                _allWell = false;
            }
        }
    }

    private void End(DownloadItem item)
    {
        if (_bars.GetValueOrDefault(item.Id) is { IsFinished: false } bar)
        {
            bar.StopTask();
        }

        _allWell &= item.Status is DownloadStatus.Completed;
        output.Write(item, () => output.Say(item.Status is DownloadStatus.Completed
            ? $"{DownloadText.Name(item)}: complete, {item.FilePath}"
            : $"{DownloadText.Name(item)}: failed, {item.Error}"));
    }

    private void Line(DownloadItem item)
    {
        if (_looks % LinesApart == 0)
        {
            output.Say($"{DownloadText.Name(item)}: {DownloadText.State(item)}");
        }
    }

    private void Draw(ProgressContext bars, DownloadItem item)
    {
        if (!_bars.TryGetValue(item.Id, out var bar))
        {
            _bars[item.Id] = bar = bars.AddTask("", maxValue: 100);
        }

        bar.Description = Markup.Escape($"{DownloadText.Name(item)}  {DownloadText.State(item)}");
        bar.Value = item.Progress?.Percent ?? 0;
    }
}
