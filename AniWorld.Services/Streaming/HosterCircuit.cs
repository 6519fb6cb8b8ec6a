using AniWorld.Services.Faults;
using Polly;
using Polly.CircuitBreaker;

namespace AniWorld.Services.Streaming;

/// <summary>Opens when a hoster fails again and again: nothing is asked of it then, until a single try shows that it is back.</summary>
internal sealed class HosterCircuit
{
    private const double MostFailures = 0.5;
    private const int FewestTries = 6;
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FirstBreak = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestBreak = TimeSpan.FromMinutes(15);

    /// <summary>How soon others look again while one tries whether the hoster is back.</summary>
    private static readonly TimeSpan WhileTried = TimeSpan.FromSeconds(5);

    private readonly string _hoster;
    private readonly TimeProvider _time;
    private readonly Action<HosterChange> _changed;
    private readonly ResiliencePipeline _pipeline;
    private readonly Lock _gate = new();
    private DateTimeOffset _openUntil;
    private DateTimeOffset _askedUntil;
    private string _code = FaultCode.NoStream;
    private bool _isOut;

    /// <param name="changed">Told once when it opens and once when it has closed, however many tries fail between them.</param>
    public HosterCircuit(string hoster, TimeProvider time, Action<HosterChange> changed)
    {
        (_hoster, _time, _changed) = (hoster, time, changed);
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = MostFailures,
                MinimumThroughput = FewestTries,
                SamplingDuration = Remembered,
                BreakDurationGenerator = broken => ValueTask.FromResult(BreakAfter(broken.HalfOpenAttempts)),
                ShouldHandle = new PredicateBuilder().Handle<FaultException>(HosterBlame.IsBroken),
                OnOpened = opened => OpenedAsync(opened.BreakDuration, (FaultException?)opened.Outcome.Exception),
                OnHalfOpened = _ => TriedAsync(),
                OnClosed = _ => ClosedAsync(),
            })
            .Build();
    }

    /// <summary>Why it is left alone now; <see langword="null"/> when it may be asked.</summary>
    public HosterFault? Rest
    {
        get
        {
            lock (_gate)
            {
                var now = _time.GetUtcNow();
                return _askedUntil > now && _askedUntil >= _openUntil ? Asked(_askedUntil - now)
                    : _openUntil > now ? Open(_openUntil - now)
                    : null;
            }
        }
    }

    /// <exception cref="HosterFault">It is left alone; <paramref name="ask"/> was not called.</exception>
    public async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        if (Rest is { } rest)
        {
            throw rest;
        }

        try
        {
            return await _pipeline.ExecuteAsync(async token => await ask(token), cancellationToken);
        }
        catch (BrokenCircuitException)
        {
            throw Open(WhileTried);
        }
        catch (FaultException fault) when (fault is { Code: FaultCode.RateLimited, RetryAfter: { } pause })
        {
            Leave(pause);
            throw;
        }
    }

    /// <summary>What was asked went well in the beginning and ended like this.</summary>
    /// <param name="fault"><see langword="null"/> when it was delivered whole.</param>
    public void Ended(FaultException? fault)
    {
        if (fault is { Code: FaultCode.RateLimited, RetryAfter: { } pause })
        {
            Leave(pause);
        }

        try
        {
            _pipeline.Execute(() =>
            {
                if (fault is not null)
                {
                    throw fault;
                }
            });
        }
        catch (Exception e) when (e is FaultException or BrokenCircuitException)
        {
            // Only to be counted.
        }
    }

    private static TimeSpan BreakAfter(int failedTries) =>
        TimeSpan.FromSeconds(Math.Min(FirstBreak.TotalSeconds * Math.Pow(2, Math.Min(failedTries, 10)), LongestBreak.TotalSeconds));

    private void Leave(TimeSpan pause)
    {
        lock (_gate)
        {
            var until = _time.GetUtcNow() + pause;
            _askedUntil = until > _askedUntil ? until : _askedUntil;
        }
    }

    private ValueTask OpenedAsync(TimeSpan duration, FaultException? fault)
    {
        bool isNew;
        lock (_gate)
        {
            _openUntil = _time.GetUtcNow() + duration;
            _code = fault?.Code ?? _code;
            (isNew, _isOut) = (!_isOut, true);
        }

        if (isNew)
        {
            _changed(new HosterChange(
                _hoster,
                IsBack: false,
                _code,
                new Sentence("notice_hoster_out", _hoster, _code, At(duration))));
        }

        return ValueTask.CompletedTask;
    }

    private ValueTask TriedAsync()
    {
        lock (_gate)
        {
            _openUntil = _time.GetUtcNow() + WhileTried;
        }

        return ValueTask.CompletedTask;
    }

    private ValueTask ClosedAsync()
    {
        lock (_gate)
        {
            (_openUntil, _isOut) = (default, false);
        }

        _changed(new HosterChange(_hoster, IsBack: true, _code, new Sentence("notice_hoster_back", _hoster)));
        return ValueTask.CompletedTask;
    }

    private HosterFault Open(TimeSpan rest) => Resting(
        _code, new Sentence("fault_hoster_out", _hoster, _code, At(rest)), rest);

    private HosterFault Asked(TimeSpan rest) => Resting(
        FaultCode.RateLimited, new Sentence("fault_hoster_asked", _hoster, At(rest)), rest);

    private HosterFault Resting(string code, Sentence sentence, TimeSpan rest) => new(_hoster, code, sentence) { IsResting = true, RetryAfter = rest };

    private string At(TimeSpan rest) =>
        TimeZoneInfo.ConvertTime(_time.GetUtcNow() + rest, _time.LocalTimeZone).ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A hoster is given up for a while, or is back.</summary>
/// <param name="Code">Of the failure that it was given up for.</param>
/// <param name="Sentence">For people.</param>
public sealed record HosterChange(string Hoster, bool IsBack, string Code, Sentence Sentence);
