namespace AniWorld.Services.Progress;

/// <summary>The last events that must not be lost, for those who come back. <see cref="ProgressService"/> guards it.</summary>
/// <param name="capacity">How many are kept; the oldest goes first.</param>
internal sealed class EventHistory(int capacity)
{
    private readonly Queue<SequencedEvent> _events = new(capacity);

    public void Add(SequencedEvent happened)
    {
        if (_events.Count == capacity)
        {
            _events.Dequeue();
        }

        _events.Enqueue(happened);
    }

    /// <summary>What happened in a room after an event.</summary>
    /// <param name="seq">A number greater than any given out is from another life of the server: then all that is kept.</param>
    /// <param name="newest">The last number given out.</param>
    public SequencedEvent[] Since(long seq, long newest, ProgressRooms room) =>
        [.. _events.Where(happened => happened.Room == room && (happened.Seq > seq || seq > newest))];
}
