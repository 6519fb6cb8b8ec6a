namespace AniWorld.Services.Progress;

/// <summary>An event with its place in the hub's order; one object for all receivers.</summary>
public sealed class SequencedEvent : OutgoingMessage
{
    internal SequencedEvent(long seq, DateTimeOffset timestamp, ProgressEvent happened, ProgressEvent? last = null, bool isFromElsewhere = false)
    {
        Seq = seq;
        Timestamp = timestamp;
        Event = happened;
        Last = last;
        IsFromElsewhere = isFromElsewhere;
        Room = EventRouting.RoomOf(happened);
    }

    /// <summary>Grows with every event, also over a restart; a receiver of some rooms sees gaps.</summary>
    public long Seq { get; }

    public DateTimeOffset Timestamp { get; }

    public ProgressEvent Event { get; }

    public ProgressRooms Room { get; }

    /// <summary>It happened on another node, which has done by itself what follows from it.</summary>
    public bool IsFromElsewhere { get; }

    /// <summary>The last progress of the download or scan that this event ends, if there was any.</summary>
    internal ProgressEvent? Last { get; }

    private protected override byte[] Serialize() => EventRouting.IsOnTheWire(Event) ? ProgressJson.Write(this) : [];
}
