namespace AniWorld.SampleSite.Faults;

/// <summary>Passes on so many bytes per second, in about twenty portions.</summary>
/// <param name="ending">Ends the waiting when the client leaves or the site stops.</param>
internal sealed class ThrottledBody(Stream inner, long bytesPerSecond, TimeProvider time, CancellationToken ending) : WrappedBody(inner)
{
    private const int LargestPortion = 1 << 16;

    private readonly int _portion = (int)Math.Clamp(bytesPerSecond / 20, 1, LargestPortion);
    private readonly long _started = time.GetTimestamp();
    private long _sent;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            var portion = buffer[..Math.Min(_portion, buffer.Length)];
            await WaitAsync();
            await Inner.WriteAsync(portion, cancellationToken);
            await Inner.FlushAsync(cancellationToken);
            _sent += portion.Length;
            buffer = buffer[portion.Length..];
        }
    }

    /// <summary>By the time since the start, so that a late timer is made up for.</summary>
    private async Task WaitAsync()
    {
        var early = TimeSpan.FromSeconds(_sent / (double)bytesPerSecond) - time.GetElapsedTime(_started);
        if (early >= TimeSpan.FromMilliseconds(1))
        {
            await Task.Delay(early, time, ending);
        }
    }
}
