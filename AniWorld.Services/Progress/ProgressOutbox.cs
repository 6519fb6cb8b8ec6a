using System.Threading.Channels;

namespace AniWorld.Services.Progress;

/// <summary>
/// What one receiver has not read yet. Of progress only the newest per download and scan is kept, of everything else all; when
/// that grows beyond the capacity the outbox ends, so that a slow receiver costs a bounded amount and slows nobody.
/// </summary>
/// <param name="capacity">Messages that must not be lost, at most.</param>
internal sealed class ProgressOutbox(int capacity, ProgressRooms rooms)
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _kept = [];
    private readonly Dictionary<Guid, Entry> _newest = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(1);
    private ProgressRooms _rooms = rooms;
    private long _order;

    /// <summary>Whether it ended because the receiver was too slow.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>Done when nothing more is taken in.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Takes in what belongs to the receiver's rooms; one wake-up for all of it.</summary>
    public void Offer(ReadOnlySpan<SequencedEvent> events)
    {
        lock (_gate)
        {
            var before = _order;
            foreach (var happened in events)
            {
                Add(happened);
            }

            if (_order != before)
            {
                _wake.Writer.TryWrite(true);
            }
        }
    }

    public void Answer(OutgoingMessage answer)
    {
        lock (_gate)
        {
            Keep(new Entry(_order++, answer));
            _wake.Writer.TryWrite(true);
        }
    }

    /// <summary>Adds a room: first comes the answer, then what was missed, then what happens.</summary>
    public void Join(ProgressRooms room, OutgoingMessage answer, ReadOnlySpan<SequencedEvent> missed)
    {
        lock (_gate)
        {
            _rooms |= room;
            Keep(new Entry(_order++, answer));
            foreach (var happened in missed)
            {
                Keep(new Entry(_order++, happened));
            }

            _wake.Writer.TryWrite(true);
        }
    }

    /// <summary>Takes a room away, with what of it still waits.</summary>
    public void Leave(ProgressRooms room, OutgoingMessage answer)
    {
        lock (_gate)
        {
            _rooms &= ~room;
            _kept.RemoveAll(entry => entry.IsOf(room));
            foreach (var (id, _) in _newest.Where(pair => pair.Value.IsOf(room)).ToArray())
            {
                _newest.Remove(id);
            }

            Keep(new Entry(_order++, answer));
            _wake.Writer.TryWrite(true);
        }
    }

    /// <summary>Everything that waits, in order; <see langword="null"/> once the outbox has ended and is empty.</summary>
    public async ValueTask<OutgoingMessage[]?> TakeAsync(CancellationToken cancellationToken)
    {
        while (await _wake.Reader.WaitToReadAsync(cancellationToken))
        {
            _wake.Reader.TryRead(out _);
            if (Drain() is { Length: > 0 } batch)
            {
                return batch;
            }
        }

        return null;
    }

    /// <param name="discard">Drops what waits; otherwise the reader still gets it.</param>
    public void End(bool discard)
    {
        lock (_gate)
        {
            EndLocked(discard);
        }
    }

    private void Add(SequencedEvent happened)
    {
        if (EventRouting.Ends(happened.Event) is { } ended && _newest.Remove(ended, out var last)
            && happened.Event is DownloadCompleted or ScanCompleted)
        {
            // The last progress of something whole always arrives; that of a failed one is of no more use.
            Keep(last);
        }

        if ((_rooms & happened.Room) == 0 || _ended.Task.IsCompleted)
        {
            return;
        }

        var entry = new Entry(_order++, happened);
        if (EventRouting.Replaces(happened.Event) is { } id)
        {
            _newest[id] = entry;
        }
        else
        {
            Keep(entry);
        }
    }

    private void Keep(Entry entry)
    {
        if (_ended.Task.IsCompleted)
        {
            return;
        }

        if (_kept.Count == capacity)
        {
            Overflowed = true;
            EndLocked(discard: true);
            return;
        }

        _kept.Add(entry);
    }

    private void EndLocked(bool discard)
    {
        if (discard)
        {
            _kept.Clear();
            _newest.Clear();
        }

        _ended.TrySetResult();
        _wake.Writer.TryComplete();
    }

    private OutgoingMessage[] Drain()
    {
        Entry[] entries;
        lock (_gate)
        {
            entries = [.. _kept, .. _newest.Values];
            _kept.Clear();
            _newest.Clear();
        }

        Array.Sort(entries, static (a, b) => a.Order.CompareTo(b.Order));
        return Array.ConvertAll(entries, static entry => entry.Message);
    }

    private readonly record struct Entry(long Order, OutgoingMessage Message)
    {
        public bool IsOf(ProgressRooms room) => Message is SequencedEvent happened && happened.Room == room;
    }
}
