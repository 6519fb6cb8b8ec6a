using System.Runtime.CompilerServices;

namespace AniWorld.Services.Progress;

/// <summary>One listener's view of the hub, such as a page's: how things stood, then what happens.</summary>
/// <remarks>One reader at a time. Dispose it when the listener goes.</remarks>
public sealed class ProgressSubscription : IAsyncDisposable, IDisposable
{
    private readonly ProgressOutbox _outbox;
    private readonly ProgressService _hub;

    internal ProgressSubscription(ProgressService hub, ProgressOutbox outbox, ProgressSnapshot snapshot)
    {
        _hub = hub;
        _outbox = outbox;
        Snapshot = snapshot;
    }

    /// <summary>How things stood when the subscription began.</summary>
    public ProgressSnapshot Snapshot { get; }

    /// <summary>Whether reading ended because too much waited unread; subscribe again and read everything anew.</summary>
    public bool Overflowed => _outbox.Overflowed;

    /// <summary>What happens, a batch at a time: all progress of one tick together, anything else as soon as it happens.</summary>
    /// <remarks>Ends when the subscription is disposed, when it overflowed, and when the hub closes.</remarks>
    public async IAsyncEnumerable<IReadOnlyList<SequencedEvent>> ReadBatchesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await _outbox.TakeAsync(cancellationToken) is { } batch)
        {
            yield return Array.ConvertAll(batch, static message => (SequencedEvent)message);
        }
    }

    public void Dispose() => _hub.Remove(_outbox);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
