namespace AniWorld.Services.Downloads;

/// <summary>Whether the queue's worker still looks at the queue, which it does at least every half minute.</summary>
public sealed class WorkerPulse(TimeProvider time)
{
    private readonly Lock _gate = new();
    private long? _beat;

    /// <summary>Since its last look; <see langword="null"/> before the first one.</summary>
    public TimeSpan? Silence
    {
        get
        {
            lock (_gate)
            {
                return _beat is { } beat ? time.GetElapsedTime(beat) : null;
            }
        }
    }

    public void Beat()
    {
        lock (_gate)
        {
            _beat = time.GetTimestamp();
        }
    }
}
