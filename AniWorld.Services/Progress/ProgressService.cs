using System.Runtime.InteropServices;

namespace AniWorld.Services.Progress;

/// <summary>The one hub: whoever does something says so here, whoever wants to know subscribes here.</summary>
/// <remarks>
/// Progress is gathered and goes out on one common tick, the newest per download and scan; everything else goes out at once and
/// in order. A download's events must be published in the order in which they happen: progress that comes after the outcome
/// would make the download look active again.
/// </remarks>
public sealed class ProgressService : IDisposable
{
    /// <summary>Events that must not be lost which <c>since</c> can bring back.</summary>
    internal const int HistoryLength = 1_000;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly IDisposable _callbacks;
    private readonly Lock _gate = new();
    private readonly ProgressState _state = new();
    private readonly EventHistory _history = new(HistoryLength);
    private readonly Dictionary<Guid, (ProgressEvent Event, bool IsFromElsewhere)> _pending = [];
    private readonly HashSet<ProgressOutbox> _outboxes = [];
    private long _seq;
    private bool _isTicking;
    private bool _isClosed;

    public ProgressService(CallbackManager callbacks, TimeProvider time)
    {
        _time = time;

        // Numbers start at the clock's milliseconds, so that those of a restarted server follow those of its earlier life.
        _seq = time.GetUtcNow().ToUnixTimeMilliseconds();
        _timer = time.CreateTimer(_ => SendPending(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _callbacks = new CallbackEvents(this).Register(callbacks);
    }

    /// <summary>The latest progress of each active download, oldest download first.</summary>
    public IReadOnlyList<DownloadProgressed> ActiveDownloads
    {
        get
        {
            lock (_gate)
            {
                return _state.Downloads;
            }
        }
    }

    /// <summary>Those of them that run on this node.</summary>
    public IReadOnlyList<DownloadProgressed> OwnDownloads
    {
        get
        {
            lock (_gate)
            {
                return [.. _state.Downloads.Where(download => _state.IsHere(download.DownloadId))];
            }
        }
    }

    /// <summary>How the queue stands; <see langword="null"/> until it has spoken for the first time.</summary>
    public QueueChanged? Queue
    {
        get
        {
            lock (_gate)
            {
                return _state.Queue;
            }
        }
    }

    /// <summary>How far the running scan is; <see langword="null"/> when none runs.</summary>
    public ScanProgressed? CurrentScan
    {
        get
        {
            lock (_gate)
            {
                return _state.Scan;
            }
        }
    }

    /// <summary>The latest progress of one download; <see langword="null"/> when it is not active.</summary>
    public DownloadProgressed? Latest(Guid downloadId)
    {
        lock (_gate)
        {
            return _state.Download(downloadId);
        }
    }

    /// <summary>The same, unless another node has it.</summary>
    internal DownloadProgressed? LatestHere(Guid downloadId)
    {
        lock (_gate)
        {
            return _state.IsHere(downloadId) ? _state.Download(downloadId) : null;
        }
    }

    /// <summary>Whether the download or scan is active, and another node's.</summary>
    internal bool IsElsewhere(Guid id)
    {
        lock (_gate)
        {
            return _state.IsElsewhere(id);
        }
    }

    /// <summary>Tells everyone who listens. Never waits for any of them; from any thread, as often as is convenient.</summary>
    public void Publish(ProgressEvent happened)
    {
        lock (_gate)
        {
            PublishLocked(happened, isFromElsewhere: false);
        }
    }

    /// <summary>The same for what happened on another node. What runs here has not stopped because another node once gave it back.</summary>
    internal void PublishFromElsewhere(ProgressEvent happened)
    {
        lock (_gate)
        {
            var about = EventRouting.Replaces(happened) ?? (happened as DownloadStopped)?.DownloadId;
            if (about is not { } id || !_state.IsHere(id))
            {
                PublishLocked(happened, isFromElsewhere: true);
            }
        }
    }

    /// <summary>Takes in what happened before the start, only for who comes back and asks for what was missed.</summary>
    internal void Remember(ProgressEvent happened)
    {
        lock (_gate)
        {
            _history.Add(Number(happened, isFromElsewhere: true));
        }
    }

    /// <summary>Listens from now on, beginning with how things stand.</summary>
    /// <param name="capacity">Unread events that must not be lost, at most; beyond it the subscription ends.</param>
    public ProgressSubscription Subscribe(ProgressRooms rooms = ProgressRooms.All, int capacity = 1_024)
    {
        var outbox = new ProgressOutbox(capacity, rooms);
        lock (_gate)
        {
            AddLocked(outbox);
            return new ProgressSubscription(this, outbox, _state.Snapshot(_seq));
        }
    }

    /// <summary>Ends every subscription; what is published afterwards is dropped.</summary>
    public void Dispose()
    {
        _callbacks.Dispose();
        _timer.Dispose();
        lock (_gate)
        {
            _isClosed = true;
            foreach (var outbox in _outboxes)
            {
                outbox.End(discard: false);
            }

            _outboxes.Clear();
        }
    }

    internal void Add(ProgressOutbox outbox)
    {
        lock (_gate)
        {
            AddLocked(outbox);
        }
    }

    /// <summary>Opens a room to a receiver: its answer, what it missed, and all that follows, without a gap between them.</summary>
    /// <param name="since">Number of the last event that the receiver knows; <see langword="null"/> when it wants none of the past.</param>
    internal void Join(ProgressOutbox outbox, ProgressRooms room, long? since, Func<ProgressSnapshot, OutgoingMessage> answer)
    {
        lock (_gate)
        {
            var missed = since is { } seq ? _history.Since(seq, _seq, room) : [];
            outbox.Join(room, answer(_state.Snapshot(_seq)), missed);
        }
    }

    internal void Remove(ProgressOutbox outbox)
    {
        lock (_gate)
        {
            _outboxes.Remove(outbox);
        }

        outbox.End(discard: true);
    }

    private void PublishLocked(ProgressEvent happened, bool isFromElsewhere)
    {
        if (_isClosed)
        {
            return;
        }

        var last = _state.Apply(happened, isFromElsewhere);
        if (EventRouting.Replaces(happened) is { } id)
        {
            _pending[id] = (happened, isFromElsewhere);
            StartTick();
        }
        else
        {
            SendAtOnce(happened, last, isFromElsewhere);
        }
    }

    private void AddLocked(ProgressOutbox outbox)
    {
        if (_isClosed)
        {
            outbox.End(discard: true);
            return;
        }

        _outboxes.Add(outbox);
    }

    /// <summary>One shot per tick: with nothing to tell no timer runs, and two ticks are never closer than the interval.</summary>
    private void StartTick()
    {
        if (!_isTicking)
        {
            _isTicking = true;
            _timer.Change(Tick, Timeout.InfiniteTimeSpan);
        }
    }

    private void SendPending()
    {
        lock (_gate)
        {
            _isTicking = false;
            if (_isClosed || _pending.Count == 0)
            {
                return;
            }

            var batch = new SequencedEvent[_pending.Count];
            var index = 0;
            foreach (var (progress, isFromElsewhere) in _pending.Values)
            {
                batch[index++] = Number(progress, isFromElsewhere);
            }

            _pending.Clear();
            Send(batch);
        }
    }

    private void SendAtOnce(ProgressEvent happened, ProgressEvent? last, bool isFromElsewhere)
    {
        var batch = new List<SequencedEvent>(2);
        if (EventRouting.Ends(happened) is { } id)
        {
            _pending.Remove(id, out var unsent);
            if (FinalProgress(happened, last, unsent.Event) is { } final)
            {
                batch.Add(Number(final, isFromElsewhere));
            }
        }

        var numbered = Number(happened, isFromElsewhere, last);
        batch.Add(numbered);
        if (EventRouting.IsOnTheWire(happened))
        {
            _history.Add(numbered);
        }

        Send(CollectionsMarshal.AsSpan(batch));
    }

    /// <summary>The progress that must still go out before an outcome, if any: 100 % before a completed download.</summary>
    private static ProgressEvent? FinalProgress(ProgressEvent outcome, ProgressEvent? last, ProgressEvent? unsent) => outcome switch
    {
        DownloadCompleted when unsent is null && last is DownloadProgressed { Percent: >= 100 } => null,
        DownloadCompleted done => new DownloadProgressed(
            done.DownloadId, done.Key, done.Folder, done.Season, done.Number, DownloadPhase.Processing, 100, done.Size, done.Size,
            (last as DownloadProgressed)?.Speed ?? 0, TimeSpan.Zero),
        ScanCompleted => unsent,
        _ => null,
    };

    private SequencedEvent Number(ProgressEvent happened, bool isFromElsewhere, ProgressEvent? last = null) =>
        new(++_seq, _time.GetUtcNow(), happened, last, isFromElsewhere);

    private void Send(ReadOnlySpan<SequencedEvent> batch)
    {
        foreach (var outbox in _outboxes)
        {
            outbox.Offer(batch);
        }
    }
}
