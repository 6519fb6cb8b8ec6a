using AniWorld.Services.Faults;

namespace AniWorld.Services.Outbound;

/// <summary>Reads from a stream that may go silent or crawl, and gives it up then.</summary>
internal sealed class StallWatch : IDisposable
{
    /// <summary>Slower than this over <see cref="CrawlWindow"/> is stalled too, in bytes per second.</summary>
    public const int CrawlBytesPerSecond = 1024;

    public static readonly TimeSpan CrawlWindow = TimeSpan.FromSeconds(60);

    private readonly TimeSpan _silence;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenRegistration _cancelled;
    private long _windowStart;
    private long _windowBytes;

    /// <param name="silence">No byte for so long counts as stalled.</param>
    public StallWatch(TimeSpan silence, TimeProvider time, CancellationToken cancellationToken)
    {
        (_silence, _time, _cancellationToken) = (silence, time, cancellationToken);
        _end = new(Timeout.InfiniteTimeSpan, time);
        _cancelled = cancellationToken.UnsafeRegister(static end => ((CancellationTokenSource)end!).Cancel(), _end);
        Restart();
    }

    /// <returns>0 at the end.</returns>
    /// <exception cref="FaultException"><c>stalled</c>.</exception>
    public async ValueTask<int> ReadAsync(Stream stream, Memory<byte> buffer, string host)
    {
        int count;
        try
        {
            var reading = stream.ReadAsync(buffer, _end.Token);
            count = reading.IsCompleted ? await reading : await WaitAsync(reading);
        }
        catch (OperationCanceledException) when (!_cancellationToken.IsCancellationRequested)
        {
            throw new FaultException(FaultCode.Stalled, new Sentence("fault_stalled", host, _silence.TotalSeconds));
        }

        _windowBytes += count;
        var elapsed = _time.GetElapsedTime(_windowStart);
        if (count > 0 && elapsed >= CrawlWindow)
        {
            if (_windowBytes < CrawlBytesPerSecond * elapsed.TotalSeconds)
            {
                throw new FaultException(FaultCode.Stalled, new Sentence("fault_crawls", host, CrawlBytesPerSecond));
            }

            Restart();
        }

        return count;
    }

    /// <summary>Begins the average anew, as after a pause.</summary>
    public void Restart() => (_windowStart, _windowBytes) = (_time.GetTimestamp(), 0);

    public void Dispose()
    {
        _cancelled.Dispose();
        _end.Dispose();
    }

    private async ValueTask<int> WaitAsync(ValueTask<int> reading)
    {
        _end.CancelAfter(_silence);
        var count = await reading;
        _end.CancelAfter(Timeout.InfiniteTimeSpan);
        return count;
    }
}
