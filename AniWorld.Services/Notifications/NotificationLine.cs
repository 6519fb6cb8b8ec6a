using System.Threading.Channels;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Notifications;

/// <summary>What waits for one receiver, in order. Nobody waits for it; when too much is waiting, the oldest is left out.</summary>
/// <param name="target">The receiver as it is configured now; <see langword="null"/> when it is there no more, or off.</param>
internal sealed class NotificationLine(
    string name, Func<NotificationOptions?> target, NotificationSender sender, TimeProvider time, ILogger logger)
{
    public const int Longest = 200;

    /// <summary>A library is refreshed after so long even while more keeps coming.</summary>
    private static readonly TimeSpan LongestQuiet = TimeSpan.FromMinutes(10);

    private readonly Channel<Occurrence> _waiting = Channel.CreateBounded<Occurrence>(
        new BoundedChannelOptions(Longest) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
        _ => logger.LogWarning("The notification {Name} has too much waiting; the oldest is left out", name));

    private volatile NotificationState _state = new(null, null, null);

    public NotificationState State => _state with { Waiting = _waiting.Reader.Count };

    public void Add(Occurrence occurrence) => _waiting.Writer.TryWrite(occurrence);

    /// <summary>Tells the receiver, one after the other, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var occurrence in _waiting.Reader.ReadAllAsync(cancellationToken))
        {
            if (target() is { } configured)
            {
                var isRefresh = NotificationType.Find(configured.Type) is { RefreshesLibrary: true };
                await SendAsync(configured, isRefresh ? await LastAsync(occurrence, configured, cancellationToken) : occurrence, cancellationToken);
            }
        }
    }

    /// <summary>Waits until no more comes: one look at the library finds all that is new.</summary>
    private async Task<Occurrence> LastAsync(Occurrence occurrence, NotificationOptions configured, CancellationToken cancellationToken)
    {
        var (began, quiet) = (time.GetTimestamp(), TimeSpan.FromSeconds(configured.DebounceSeconds));
        while (quiet > TimeSpan.Zero)
        {
            await Task.Delay(quiet, time, cancellationToken);
            if (!_waiting.Reader.TryPeek(out _) || time.GetElapsedTime(began) >= LongestQuiet)
            {
                break;
            }

            occurrence = Drain(occurrence);
        }

        return Drain(occurrence);
    }

    private Occurrence Drain(Occurrence last)
    {
        while (_waiting.Reader.TryRead(out var next))
        {
            last = next;
        }

        return last;
    }

    private async Task SendAsync(NotificationOptions configured, Occurrence occurrence, CancellationToken cancellationToken)
    {
        try
        {
            await sender.SendAsync(configured, occurrence, cancellationToken);
            _state = _state with { LastSuccess = time.GetUtcNow() };
        }
        catch (FaultException fault)
        {
            logger.LogWarning("The notification {Name} could not tell of {Event}: {Reason}", name, occurrence.Event, fault.Text);
            _state = _state with { LastFailure = time.GetUtcNow(), LastError = fault.Message };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // One message that cannot be sent must not end all that follow.
            logger.LogError(e, "The notification {Name} failed at {Event}", name, occurrence.Event);
            _state = _state with { LastFailure = time.GetUtcNow(), LastError = e.Message };
        }
    }
}

/// <summary>How a receiver did since the server started.</summary>
/// <param name="Waiting">Messages that wait for it.</param>
public sealed record NotificationState(DateTimeOffset? LastSuccess, DateTimeOffset? LastFailure, string? LastError, int Waiting = 0);
