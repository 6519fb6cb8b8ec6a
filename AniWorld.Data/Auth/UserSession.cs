namespace AniWorld.Data.Auth;

/// <summary>A log-in. Every token and cookie is tied to one; revoking it ends them.</summary>
public sealed class UserSession : ITimestamped
{
    /// <summary>The token's id (<c>jti</c>), a GUID in <c>N</c> format.</summary>
    public required string Id { get; set; }

    public DateTimeOffset LastSeenAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>Address of the client at log-in.</summary>
    public string? Address { get; set; }

    public string? UserAgent { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}
