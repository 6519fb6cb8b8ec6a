using AniWorld.Services.Faults;
using Polly;
using Polly.Retry;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>Which failures of one request are worth another try, and how long to wait before it.</summary>
internal static class TransferRetry
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(10);

    private static readonly HashSet<string> Passing =
    [
        FaultCode.Truncated, FaultCode.Stalled, FaultCode.Timeout, FaultCode.Refused, FaultCode.Dns,
        FaultCode.Http(408), FaultCode.Http(500), FaultCode.Http(502), FaultCode.Http(503), FaultCode.Http(504),
    ];

    /// <summary>Whether the failure may pass by itself within a minute or so. A break that was asked for is the queue's to keep.</summary>
    public static bool IsPassing(FaultException fault) => Passing.Contains(fault.Code);

    /// <param name="worthwhile">Which failures to try again after; <see cref="IsPassing"/> by default.</param>
    public static ResiliencePipeline Create(
        MediaDownloadOptions options, TimeProvider time, Func<FaultException, bool>? worthwhile = null)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        return options.Attempts < 2
            ? builder.Build()
            : builder.AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<FaultException>(worthwhile ?? IsPassing),
                MaxRetryAttempts = options.Attempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.Backoff,
                MaxDelay = LongestDelay,
                DelayGenerator = retry => ValueTask.FromResult((retry.Outcome.Exception as FaultException)?.RetryAfter),
                OnRetry = retry =>
                {
                    options.Retrying((FaultException)retry.Outcome.Exception!);
                    return ValueTask.CompletedTask;
                },
            }).Build();
    }
}
