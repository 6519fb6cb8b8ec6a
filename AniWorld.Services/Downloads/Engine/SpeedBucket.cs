namespace AniWorld.Services.Downloads.Engine;

/// <summary>A token bucket: what is read is taken from it first, and it fills with the allowed speed.</summary>
/// <remarks>It holds 0.2 s, so that late timers cost nothing and no burst is worth mentioning. Downloads take turns, slice by slice.</remarks>
internal sealed class SpeedBucket
{
    private const double CapacitySeconds = 0.2;
    private const double SliceSeconds = 0.05;
    private const int SmallestSlice = 4 << 10;

    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly LinkedList<SpeedQueue> _turns = new();
    private long _rate;
    private double _tokens;
    private long _filledAt;

    public SpeedBucket(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(_ => Serve(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>0 for no limit.</summary>
    public long BytesPerSecond
    {
        get => Volatile.Read(ref _rate);
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            lock (_lock)
            {
                Fill();
                _rate = value;
                _tokens = Math.Min(_tokens, Capacity);
            }

            Serve();
        }
    }

    private double Capacity => Math.Max(_rate * CapacitySeconds, SmallestSlice);

    public ValueTask<int> TakeAsync(SpeedQueue queue, int wanted, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _rate) == 0)
        {
            return ValueTask.FromResult(wanted);
        }

        var waiter = new SpeedWaiter(wanted);
        lock (_lock)
        {
            Fill();
            if (_turns.Count == 0 && TryGrant(wanted, out var granted))
            {
                return ValueTask.FromResult(granted);
            }

            queue.Waiters.AddLast(waiter);
            if (queue.Waiters.Count == 1)
            {
                _turns.AddLast(queue);
            }

            waiter.StopWith(() => Leave(queue, waiter), cancellationToken);
            SetTimer();
        }

        return new(waiter.Task);
    }

    public void GiveBack(int bytes)
    {
        if (bytes == 0 || Volatile.Read(ref _rate) == 0)
        {
            return;
        }

        lock (_lock)
        {
            _tokens = Math.Min(_tokens + bytes, Capacity);
        }

        Serve();
    }

    private void Leave(SpeedQueue queue, SpeedWaiter waiter)
    {
        lock (_lock)
        {
            if (queue.Waiters.Remove(waiter) && queue.Waiters.Count == 0)
            {
                _turns.Remove(queue);
            }
        }
    }

    /// <summary>Lets in, in turn, whoever there are tokens for, and looks again when there are more.</summary>
    private void Serve()
    {
        lock (_lock)
        {
            Fill();
            while (_turns.First is { Value: var queue } && TryGrant(queue.Waiters.First!.Value.Wanted, out var granted))
            {
                var waiter = queue.Waiters.First.Value;
                queue.Waiters.RemoveFirst();
                _turns.RemoveFirst();
                if (queue.Waiters.Count > 0)
                {
                    _turns.AddLast(queue);
                }

                if (!waiter.TryServe(granted) && _rate > 0)
                {
                    _tokens += granted;
                }
            }

            SetTimer();
        }
    }

    private bool TryGrant(int wanted, out int granted)
    {
        granted = _rate == 0 ? wanted : Slice(wanted);
        if (_rate > 0 && _tokens < granted)
        {
            return false;
        }

        _tokens -= _rate == 0 ? 0 : granted;
        return true;
    }

    private int Slice(int wanted) => (int)Math.Min(wanted, Math.Max(_rate * SliceSeconds, SmallestSlice));

    private void Fill()
    {
        var now = _time.GetTimestamp();
        _tokens = Math.Min(_tokens + (_rate * _time.GetElapsedTime(_filledAt, now).TotalSeconds), Capacity);
        _filledAt = now;
    }

    private void SetTimer()
    {
        if (_turns.First is { Value: var queue } && _rate > 0)
        {
            var lacking = Slice(queue.Waiters.First!.Value.Wanted) - _tokens;
            _timer.Change(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(lacking / _rate * 1000))), Timeout.InfiniteTimeSpan);
        }
    }
}

/// <summary>Those of one download who wait for bytes. Guarded by the bucket.</summary>
internal sealed class SpeedQueue
{
    public LinkedList<SpeedWaiter> Waiters { get; } = new();
}

internal sealed class SpeedWaiter(int wanted) : Waiter<int>
{
    public int Wanted => wanted;
}
