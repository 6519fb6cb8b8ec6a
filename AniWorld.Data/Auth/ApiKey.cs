namespace AniWorld.Data.Auth;

/// <summary>A key for programs; only its hash is stored.</summary>
public sealed class ApiKey : ITimestamped
{
    public long Id { get; set; }

    /// <summary>The key's public first part, its id towards the outside; unique.</summary>
    public required string Prefix { get; set; }

    public required string Name { get; set; }

    /// <summary>SHA-256 of the whole key, in hex: the key is random, so a slow hash adds nothing.</summary>
    public required string Hash { get; set; }

    /// <summary>Of <c>read</c>, <c>write</c>, <c>admin</c>.</summary>
    public List<string> Scopes { get; set; } = [];

    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}
