using AniWorld.Services.Faults;

namespace AniWorld.Services.Outbound;

/// <summary>Reads from a stream that may go silent or crawl, and gives it up then.</summary>
/// <param name="silence">No byte for so long counts as stalled.</param>
internal sealed class StallWatch(TimeSpan silence, TimeProvider time, CancellationToken cancellationToken) : IDisposable
{
    /// <summary>Slower than this over <see cref="CrawlWindow"/> is stalled too, in bytes per second.</summary>
    public const int CrawlBytesPerSecond = 1024;

    public static readonly TimeSpan CrawlWindow = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _silent = new(Timeout.InfiniteTimeSpan, time);
    private long _windowStart = time.GetTimestamp();
    private long _windowBytes;

    /// <returns>0 at the end.</returns>
    /// <exception cref="FaultException"><c>stalled</c>.</exception>
    public async ValueTask<int> ReadAsync(Stream stream, Memory<byte> buffer, string host)
    {
        _silent.CancelAfter(silence);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _silent.Token);
        int count;
        try
        {
            count = await stream.ReadAsync(buffer, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Stalled(host, $"has sent nothing for {silence.TotalSeconds:0} s");
        }

        _silent.CancelAfter(Timeout.InfiniteTimeSpan);
        _windowBytes += count;
        var elapsed = time.GetElapsedTime(_windowStart);
        if (count > 0 && elapsed >= CrawlWindow)
        {
            if (_windowBytes < CrawlBytesPerSecond * elapsed.TotalSeconds)
            {
                throw Stalled(host, $"sends less than {CrawlBytesPerSecond} bytes a second");
            }

            Restart();
        }

        return count;
    }

    /// <summary>Begins the average anew, as after a pause.</summary>
    public void Restart() => (_windowStart, _windowBytes) = (time.GetTimestamp(), 0);

    public void Dispose() => _silent.Dispose();

    private static FaultException Stalled(string host, string what) => new(FaultCode.Stalled, $"{host} {what}; it is tried again.");
}
