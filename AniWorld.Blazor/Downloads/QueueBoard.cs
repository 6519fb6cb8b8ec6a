using AniWorld.Data.Downloads;
using AniWorld.Services.Downloads;
using AniWorld.Services.Progress;

namespace AniWorld.Blazor.Downloads;

/// <summary>The queue as the page shows it. Lines stay the same objects while their download is listed.</summary>
public sealed class QueueBoard
{
    private Dictionary<Guid, QueueLine> _lines = [];

    public bool IsRunning { get; private set; } = true;

    public bool IsPaused { get; private set; }

    public QueueStatistics Statistics { get; private set; } = new(0, 0, 0, 0, 0, 0, 0, null, 0);

    public IReadOnlyList<QueueLine> Active { get; private set; } = [];

    public IReadOnlyList<QueueLine> Pending { get; private set; } = [];

    public IReadOnlyList<QueueLine> Completed { get; private set; } = [];

    public IReadOnlyList<QueueLine> Failed { get; private set; } = [];

    public bool IsEmpty => _lines.Count == 0;

    /// <summary>Bytes per second over all that runs.</summary>
    public double Speed => Active.Sum(line => line.Progress?.Speed ?? 0);

    /// <param name="progressOf">The latest progress of a download that runs.</param>
    public void Load(QueueState state, Func<Guid, DownloadProgressed?> progressOf)
    {
        var before = _lines;
        _lines = new(state.Active.Count + state.Pending.Count + state.Completed.Count + state.Failed.Count);
        Active = [.. state.Active.Select(Line)];
        Pending = [.. state.Pending.Select(Line)];
        Completed = [.. state.Completed.Select(Line)];
        Failed = [.. state.Failed.Select(Line)];
        (IsRunning, IsPaused, Statistics) = (state.IsRunning, state.IsPaused, state.Statistics);

        QueueLine Line(DownloadQueueItem item)
        {
            var line = before.GetValueOrDefault(item.Id) ?? new QueueLine(item);
            line.Take(item);
            line.Take(DownloadStatuses.Active.Contains(item.Status) ? progressOf(item.Id) : null);
            return _lines[item.Id] = line;
        }
    }

    public void Take(QueueChanged queue) => (IsRunning, IsPaused, Statistics) = (queue.IsRunning, queue.IsPaused, queue.Statistics);

    /// <returns>The line that must be drawn again; <see langword="null"/> when the download is not listed.</returns>
    public QueueLine? Take(DownloadProgressed progress)
    {
        var line = _lines.GetValueOrDefault(progress.DownloadId);
        line?.Take(progress);
        return line;
    }

    /// <summary>The waiting ones' ids with one of them moved, within its priority.</summary>
    /// <param name="to">Its new place among those of its priority; beyond either end is that end.</param>
    public IReadOnlyList<Guid> Moved(QueueLine line, QueueMove to)
    {
        var peers = Pending.Where(l => l.Item.Priority == line.Item.Priority).Select(l => l.Item.Id).ToList();
        var place = peers.IndexOf(line.Item.Id);
        peers.RemoveAt(place);
        peers.Insert(Math.Clamp(to switch { QueueMove.Top => 0, QueueMove.Up => place - 1, _ => place + 1 }, 0, peers.Count), line.Item.Id);
        return peers;
    }
}

/// <summary>Where to move a waiting download.</summary>
public enum QueueMove
{
    Top,
    Up,
    Down,
}
