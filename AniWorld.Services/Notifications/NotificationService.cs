using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using AniWorld.Services.Progress;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Notifications;

/// <summary>Tells whoever is configured under <c>notifications</c> what the hub tells of. Each receiver has a line of its own, so that a slow one holds up nobody.</summary>
public sealed class NotificationService : BackgroundService
{
    private readonly ProgressService _progress;
    private readonly NotificationSender _sender;
    private readonly IOptionsMonitor<AniWorldOptions> _options;
    private readonly TimeProvider _time;
    private readonly ILogger<NotificationService> _logger;
    private readonly OccurrenceReader _reader;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RunningLine> _lines = [];
    private ProgressSubscription? _subscription;

    internal NotificationService(
        ProgressService progress, NotificationSender sender, IOptionsMonitor<AniWorldOptions> options, TimeProvider time,
        ILogger<NotificationService> logger)
    {
        (_progress, _sender, _options, _time, _logger) = (progress, sender, options, time, logger);
        _reader = new OccurrenceReader(time);
    }

    /// <summary>How the receiver of that name did; <see langword="null"/> when it was never told anything.</summary>
    public NotificationState? StateOf(string name)
    {
        lock (_gate)
        {
            return _lines.GetValueOrDefault(name)?.Line.State;
        }
    }

    /// <summary>Sends a message that says that it is a test, at once and once.</summary>
    /// <param name="target">Need not be configured.</param>
    /// <returns>What went wrong; <see langword="null"/> when it was taken.</returns>
    public async Task<string?> TestAsync(NotificationOptions target, CancellationToken cancellationToken = default)
    {
        try
        {
            await _sender.TestAsync(target, cancellationToken);
            return null;
        }
        catch (FaultException fault)
        {
            return fault.Message;
        }
    }

    /// <summary>Listens from here on: what is published after the start is told.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = Subscribe();
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        _subscription?.Dispose();
        List<RunningLine> lines;
        lock (_gate)
        {
            lines = [.. _lines.Values];
            _lines.Clear();
        }

        await Task.WhenAll(lines.Select(line => line.EndAsync()));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var batch in _subscription!.ReadBatchesAsync(stoppingToken))
                {
                    // What happened on another node, that one tells.
                    foreach (var happened in batch.Where(happened => !happened.IsFromElsewhere))
                    {
                        Tell(happened);
                    }
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            if (!_subscription.Overflowed)
            {
                return;
            }

            _subscription.Dispose();
            _subscription = Subscribe();
        }
    }

    private ProgressSubscription Subscribe() =>
        _progress.Subscribe(ProgressRooms.Downloads | ProgressRooms.ScanProgress | ProgressRooms.System | ProgressRooms.Library);

    private void Tell(SequencedEvent happened)
    {
        if (_reader.Read(happened) is not { } occurrence)
        {
            return;
        }

        var configured = _options.CurrentValue.Notifications;
        lock (_gate)
        {
            foreach (var target in configured.Where(target => target.Enabled && NotificationType.EventsOf(target).Contains(occurrence.Event)))
            {
                LineOf(target.Name).Add(occurrence);
            }

            foreach (var gone in _lines.Keys.Where(name => configured.All(target => target.Name != name)).ToList())
            {
                _lines.Remove(gone, out var line);
                _ = line!.EndAsync();
            }
        }
    }

    private NotificationLine LineOf(string name)
    {
        if (!_lines.TryGetValue(name, out var running))
        {
            var line = new NotificationLine(
                name, () => _options.CurrentValue.Notifications.FirstOrDefault(target => target.Name == name && target.Enabled), _sender, _time, _logger);
            _lines[name] = running = RunningLine.Start(line);
        }

        return running.Line;
    }

    /// <summary>A line, and how to end it.</summary>
    private sealed record RunningLine(NotificationLine Line, CancellationTokenSource End, Task Running)
    {
        public static RunningLine Start(NotificationLine line)
        {
            var end = new CancellationTokenSource();
            return new(line, end, Task.Run(() => line.RunAsync(end.Token)));
        }

        public async Task EndAsync()
        {
            await End.CancelAsync();
            try
            {
                await Running;
            }
            catch (OperationCanceledException)
            {
                // As asked.
            }

            End.Dispose();
        }
    }
}
