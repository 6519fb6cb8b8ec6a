namespace AniWorld.Services.Downloads.Engine;

/// <summary>Who of a crew is there, and who may go. Safe for several threads.</summary>
internal sealed class CrewRoll(ConnectionRamp ramp)
{
    private readonly Lock _lock = new();
    private volatile int _members;
    private int _waiting;

    public bool HasOthers => _members > 1;

    /// <summary>Whether a member waits before another attempt.</summary>
    public bool SomebodyWaits => Volatile.Read(ref _waiting) > 0;

    public void Enter()
    {
        lock (_lock)
        {
            _members++;
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            _members--;
        }
    }

    /// <summary>Leaves for good because the server wants it so; not the last one.</summary>
    public bool TryLeave()
    {
        lock (_lock)
        {
            if (_members < 2)
            {
                return false;
            }

            _members--;
            ramp.Cap(_members);
            return true;
        }
    }

    /// <summary>Leaves if there are more than wanted.</summary>
    public bool TryRetire()
    {
        if (_members <= ramp.Wanted)
        {
            return false;
        }

        lock (_lock)
        {
            return _members > ramp.Wanted && _members-- > 1;
        }
    }

    public void Wait() => Interlocked.Increment(ref _waiting);

    public void GoOn() => Interlocked.Decrement(ref _waiting);

    /// <summary>Has the ramp look at what came so far.</summary>
    public void Look(long bytes, bool isPaused)
    {
        lock (_lock)
        {
            if (isPaused)
            {
                ramp.Restart(bytes);
            }
            else
            {
                ramp.Observe(bytes);
            }
        }
    }
}
