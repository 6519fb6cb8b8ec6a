using AniWorld.Services.Faults;

namespace AniWorld.Services.Catalogue;

/// <summary>When the next request to one site may go out: a token bucket, a number at once, and the site's own wish.</summary>
/// <remarks>Written here because the framework's rate limiters take no <see cref="TimeProvider"/>, and no rate that changes while they run.</remarks>
/// <param name="concurrency">Requests at once.</param>
internal sealed class SitePace(int concurrency, TimeProvider time) : IDisposable
{
    /// <summary>A longer wish is told to the caller as a fault, for nobody waits so long for a page.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _places = new(concurrency);
    private long _filledAt = time.GetTimestamp();
    private double? _tokens;
    private long _pausedAt;
    private TimeSpan _pause;

    /// <summary>Waits for a turn; dispose what comes back when the answer is read.</summary>
    /// <exception cref="FaultException"><c>rate_limited</c>: the site wants to be left alone for more than a minute.</exception>
    public async Task<IDisposable> EnterAsync(PaceLimits limits, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            await WaitPauseAsync(cancellationToken);
            if (TakeToken(limits) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, time, cancellationToken);
            }

            return new Turn(_places);
        }
        catch
        {
            _places.Release();
            throw;
        }
    }

    /// <summary>No request goes out for so long: the site asked for it.</summary>
    public void Pause(TimeSpan duration)
    {
        lock (_gate)
        {
            if (duration > PauseLeft())
            {
                (_pausedAt, _pause) = (time.GetTimestamp(), duration);
            }
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task WaitPauseAsync(CancellationToken cancellationToken)
    {
        TimeSpan left;
        lock (_gate)
        {
            left = PauseLeft();
        }

        if (left > LongestWait)
        {
            throw new FaultException(FaultCode.RateLimited, new Sentence("fault_site_pause", left.TotalSeconds))
            {
                RetryAfter = left,
            };
        }

        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, time, cancellationToken);
        }
    }

    private TimeSpan PauseLeft() =>
        _pause > TimeSpan.Zero && time.GetElapsedTime(_pausedAt) is var gone && gone < _pause ? _pause - gone : TimeSpan.Zero;

    /// <summary>Takes a token, a future one if need be; returns how long it is until that one is there.</summary>
    private TimeSpan TakeToken(PaceLimits limits)
    {
        lock (_gate)
        {
            var perSecond = limits.PerMinute / 60;
            var gained = time.GetElapsedTime(_filledAt).TotalSeconds * perSecond;
            _filledAt = time.GetTimestamp();
            _tokens = Math.Min(limits.Burst, (_tokens ?? limits.Burst) + gained) - 1;
            return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens.Value / perSecond);
        }
    }

    private sealed class Turn(SemaphoreSlim places) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                places.Release();
            }
        }
    }
}

/// <param name="PerMinute">Requests per minute over a long time.</param>
/// <param name="Burst">Requests that may follow each other at once after a pause.</param>
internal sealed record PaceLimits(double PerMinute, int Burst);
