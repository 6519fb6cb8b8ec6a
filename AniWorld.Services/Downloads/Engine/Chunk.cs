namespace AniWorld.Services.Downloads.Engine;

/// <summary>A stretch of the file that one connection works on. Changed by its plan alone.</summary>
internal sealed class Chunk(ByteRange range, int takenOver = 0) : IDisposable
{
    private readonly CancellationTokenSource _lost = new();
    private long _position = range.Start;
    private long _end = range.End;

    /// <summary>The next byte to fetch.</summary>
    public long Position
    {
        get => Volatile.Read(ref _position);
        set => Volatile.Write(ref _position, value);
    }

    /// <summary>The byte after the last; comes nearer when somebody takes a part over.</summary>
    public long End
    {
        get => Volatile.Read(ref _end);
        set => Volatile.Write(ref _end, value);
    }

    public long Left => End - Position;

    public bool IsDone => Left <= 0;

    /// <summary>How often it was taken over from a connection that brought nothing.</summary>
    public int TakenOver => takenOver;

    /// <summary>Ends when all that was left went to another connection, so that nobody waits for this one.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>When the connection got it, and where it was then.</summary>
    public (long At, long Position) Begun { get; private set; } = (0, range.Start);

    public long LastByteAt { get; set; }

    /// <summary>Whether more was read than was still its own: what the connection brings next is no longer what comes next here.</summary>
    public bool IsOverrun { get; set; }

    public void Begin(long now)
    {
        Begun = (now, Position);
        LastByteAt = now;
    }

    /// <summary>What waits for it ends elsewhere, not within the plan.</summary>
    public void Lose() => _ = _lost.CancelAsync();

    public void Dispose() => _lost.Dispose();
}
