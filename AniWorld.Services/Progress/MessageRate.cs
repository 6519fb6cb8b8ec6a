namespace AniWorld.Services.Progress;

/// <summary>At most so many messages within any one second. For one thread.</summary>
internal sealed class MessageRate(int perSecond, TimeProvider time)
{
    private readonly Queue<long> _recent = new();

    /// <returns>Whether one more is within the limit now.</returns>
    public bool Admits()
    {
        var now = time.GetTimestamp();
        while (_recent.TryPeek(out var oldest) && time.GetElapsedTime(oldest, now) >= TimeSpan.FromSeconds(1))
        {
            _recent.Dequeue();
        }

        if (_recent.Count >= perSecond)
        {
            return false;
        }

        _recent.Enqueue(now);
        return true;
    }
}
