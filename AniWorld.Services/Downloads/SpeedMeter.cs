namespace AniWorld.Services.Downloads;

/// <summary>Speed of one transfer over its last seconds. Not thread-safe.</summary>
public sealed class SpeedMeter(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    private readonly Queue<(long At, long Bytes)> _samples = [];

    /// <summary>Bytes per second; 0 before the second sample.</summary>
    public double Speed { get; private set; }

    /// <param name="bytes">All bytes so far.</param>
    public void Add(long bytes)
    {
        var now = time.GetTimestamp();
        _samples.Enqueue((now, bytes));
        while (_samples.Count > 2 && time.GetElapsedTime(_samples.Peek().At, now) > Window)
        {
            _samples.Dequeue();
        }

        var (firstAt, firstBytes) = _samples.Peek();
        var seconds = time.GetElapsedTime(firstAt, now).TotalSeconds;
        Speed = seconds > 0 ? Math.Max(0, (bytes - firstBytes) / seconds) : Speed;
    }
}
