namespace AniWorld.Data.Downloads;

/// <summary>The queue's switch, one row: it survives a restart.</summary>
public sealed class QueueSwitch : ITimestamped
{
    public int Id { get; set; } = 1;

    /// <summary>Items are taken. Off after <c>stop</c>.</summary>
    public bool IsRunning { get; set; } = true;

    /// <summary>Active items hold their bytes and nothing moves.</summary>
    public bool IsPaused { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}
