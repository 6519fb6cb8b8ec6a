using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace AniWorld.Services.Notifications;

/// <summary>Sends a message to a receiver, by its type; again after a failure that may pass.</summary>
internal sealed class NotificationSender
{
    private const int Attempts = 6;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly Dictionary<NotificationType, INotifier> _notifiers;
    private readonly IOptionsMonitor<AniWorldOptions> _options;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _retry;

    public NotificationSender(IEnumerable<INotifier> notifiers, IOptionsMonitor<AniWorldOptions> options, TimeProvider time)
    {
        _notifiers = notifiers.ToDictionary(notifier => notifier.Type);
        (_options, _time) = (options, time);
        _retry = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = Attempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstWait,
                MaxDelay = LongestWait,
                DelayGenerator = attempt => ValueTask.FromResult((attempt.Outcome.Exception as FaultException)?.RetryAfter),
                ShouldHandle = new PredicateBuilder().Handle<FaultException>(MayPass),
            })
            .Build();
    }

    /// <exception cref="FaultException">Not taken, after all attempts.</exception>
    public async Task SendAsync(NotificationOptions target, Occurrence occurrence, CancellationToken cancellationToken)
    {
        var message = NotificationWriting.Write(occurrence, target, _options.CurrentValue.Ui.Language);
        await _retry.ExecuteAsync(async token => await NotifierOf(target).SendAsync(target, message, token), cancellationToken);
    }

    /// <summary>One attempt with a message that says what it is.</summary>
    /// <exception cref="FaultException">Not taken.</exception>
    public Task TestAsync(NotificationOptions target, CancellationToken cancellationToken) => NotifierOf(target).SendAsync(
        target, NotificationWriting.Test(_time.GetUtcNow(), _options.CurrentValue.Ui.Language), cancellationToken);

    private INotifier NotifierOf(NotificationOptions target) => NotificationType.Find(target.Type) is { } type
        ? _notifiers[type]
        : throw new FaultException(FaultCode.Internal, new Sentence("fault_notification_type", target.Type));

    private static bool MayPass(FaultException fault) => fault.Code switch
    {
        FaultCode.Timeout or FaultCode.Refused or FaultCode.Stalled or FaultCode.Truncated or FaultCode.Dns or FaultCode.RateLimited => true,
        "http_408" or "http_425" => true,
        var code => code.StartsWith("http_5", StringComparison.Ordinal),
    };
}
