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

    /// <summary>How many waiting ones are before it.</summary>
    public int PlaceOf(QueueLine line) => Pending.TakeWhile(one => one != line).Count();

    public QueueLine? Find(Guid id) => _lines.GetValueOrDefault(id);

    /// <summary>The waiting ones' ids with one of them moved, within its priority.</summary>
    /// <param name="place">Its new place among those of its priority, from 0; beyond either end is that end.</param>
    public IReadOnlyList<Guid> Moved(QueueLine line, int place)
    {
        var peers = PeersOf(line);
        peers.Remove(line.Item.Id);
        peers.Insert(Math.Clamp(place, 0, peers.Count), line.Item.Id);
        return peers;
    }

    /// <inheritdoc cref="Moved(QueueLine, int)"/>
    /// <param name="by">-1 for up, 1 for down.</param>
    public IReadOnlyList<Guid> MovedBy(QueueLine line, int by) => Moved(line, PeersOf(line).IndexOf(line.Item.Id) + by);

    /// <summary>Shows these waiting ones in this order at once, on the places that they have together.</summary>
    public void Arrange(IReadOnlyList<Guid> ids)
    {
        var next = new Queue<QueueLine>(ids.Select(Find).OfType<QueueLine>());
        var moved = next.ToHashSet();
        Pending = [.. Pending.Select(line => moved.Contains(line) ? next.Dequeue() : line)];
    }

    private List<Guid> PeersOf(QueueLine line) => [.. Pending.Where(one => one.Item.Priority == line.Item.Priority).Select(one => one.Item.Id)];
}

/// <summary>Where to move a waiting download.</summary>
public enum QueueMove
{
    Top,
    Up,
    Down,
    Bottom,
}
