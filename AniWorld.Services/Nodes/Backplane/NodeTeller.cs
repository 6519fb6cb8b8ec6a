using System.Threading.Channels;
using AniWorld.Services.Auth;
using AniWorld.Services.Progress;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Nodes.Backplane;

/// <summary>Tells the other nodes what happens on this one: at once by Redis, where that is, and by the database what must not be lost.</summary>
internal sealed class NodeTeller(
    ThisNode node, NodeInbox inbox, EventLog log, RedisLink redis, ProgressService progress, Revocations revocations, TimeProvider time, ILogger<NodeTeller> logger)
    : BackgroundService
{
    private const int MostUntold = 10_000;
    private const int MostAtOnce = 500;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AtTheEnd = TimeSpan.FromSeconds(2);

    private readonly Channel<NodeMessage> _unkept = Channel.CreateBounded<NodeMessage>(
        new BoundedChannelOptions(MostUntold) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private ProgressSubscription? _subscription;

    /// <summary>Listens from here on: what is published after the start is told.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (!node.IsShared)
        {
            return Task.CompletedTask;
        }

        redis.Heard += inbox.Take;
        revocations.SessionRevoked += TellEnd;
        _subscription = progress.Subscribe(ProgressRooms.All, MostUntold);
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        revocations.SessionRevoked -= TellEnd;
        redis.Heard -= inbox.Take;
        _subscription?.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var keeping = KeepAllAsync();
        try
        {
            while (await TellAllAsync(stoppingToken))
            {
                logger.LogWarning("So much happened that the other nodes cannot be told all of it; their pages read everything anew");
                _subscription!.Dispose();
                _subscription = progress.Subscribe(ProgressRooms.All, MostUntold);
                await TellAsync([new NodeMessage(Guid.NewGuid(), node.Run) { Event = new DatabaseReplaced() }]);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }

        await TellTheRestAsync();
        _unkept.Writer.TryComplete();
        await keeping.WaitAsync(AtTheEnd, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <returns>Whether to listen again, because too much had waited untold.</returns>
    private async Task<bool> TellAllAsync(CancellationToken cancellationToken)
    {
        await foreach (var batch in _subscription!.ReadBatchesAsync(cancellationToken))
        {
            await TellAsync(batch);
        }

        return _subscription.Overflowed;
    }

    /// <summary>What the other parts said while they ended, such as that a download was given back.</summary>
    private async Task TellTheRestAsync()
    {
        using var rest = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        try
        {
            await TellAllAsync(rest.Token);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private Task TellAsync(IEnumerable<SequencedEvent> batch) => TellAsync(
    [
        .. batch.Where(happened => !happened.IsFromElsewhere && ConcernsOthers(happened.Event))
            .Select(happened => new NodeMessage(happened.Event.KeptAs ?? Guid.NewGuid(), node.Run) { Event = happened.Event }),
    ]);

    private async Task TellAsync(IReadOnlyList<NodeMessage> messages)
    {
        foreach (var message in messages.Where(message => message.Event is not { KeptAs: not null } && !IsMereProgress(message)))
        {
            _unkept.Writer.TryWrite(message);
        }

        await redis.TellAsync(messages);
    }

    private void TellEnd(string session)
    {
        if (inbox.IsNewEnd(session))
        {
            _ = TellAsync([new NodeMessage(Guid.NewGuid(), node.Run) { Ended = session }]);
        }
    }

    private async Task KeepAllAsync()
    {
        while (await _unkept.Reader.WaitToReadAsync())
        {
            var messages = new List<NodeMessage>();
            while (messages.Count < MostAtOnce && _unkept.Reader.TryRead(out var message))
            {
                messages.Add(message);
            }

            while (!await TryKeepAsync(Worth(messages)) && !_unkept.Reader.Completion.IsCompleted)
            {
                await Task.Delay(Pause, time);
            }
        }
    }

    private async Task<bool> TryKeepAsync(IReadOnlyList<NodeMessage> messages)
    {
        try
        {
            await log.AddAsync(messages, CancellationToken.None);
            return true;
        }
        catch (Exception e)
        {
            // What was told by Redis is told; the rest as soon as the database is there again.
            logger.LogDebug(e, "What happened here cannot be stored for the other nodes");
            return false;
        }
    }

    /// <summary>Of what says how things stand only the last, in the order in which it was said.</summary>
    private static IReadOnlyList<NodeMessage> Worth(List<NodeMessage> messages) =>
    [
        .. messages.Index()
            .GroupBy(one => one.Item.Event switch
            {
                QueueChanged => "queue",
                SeriesChanged changed => changed.Key,
                _ => (object)one.Index,
            })
            .Select(same => same.Last())
            .OrderBy(one => one.Index)
            .Select(one => one.Item),
    ];

    private static bool IsMereProgress(NodeMessage message) => message.Event is { } happened && EventRouting.Replaces(happened) is not null;

    /// <summary>What was changed by hand on this node and is in force on it alone, the others need not hear of.</summary>
    private static bool ConcernsOthers(ProgressEvent happened) => happened is not SystemNotice { Code: "config_changed" or "profile_changed" };
}
