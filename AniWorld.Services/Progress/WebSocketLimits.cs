namespace AniWorld.Services.Progress;

/// <summary>What one socket may cost. The defaults are the contract's; tests shrink them.</summary>
public sealed record WebSocketLimits
{
    /// <summary>Longest message of a client, in bytes; a longer one closes with 1009.</summary>
    public int MessageBytes { get; init; } = 64 << 10;

    /// <summary>Messages of a client within any second; one more closes with 1008.</summary>
    public int MessagesPerSecond { get; init; } = 50;

    /// <summary>Unread messages that must not be lost, at most: more than one whole replay of what <c>since</c> brings back.</summary>
    public int Unread { get; init; } = 2_048;

    /// <summary>How long a client may read nothing while something waits for it; then it is closed with 1013.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a closing connection may take over its last message, and then over the closing handshake.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Silence after which the client is asked whether it is still there.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long it may take to answer that; with the interval less than a minute, by which a vanished one is gone.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(40);
}
