namespace AniWorld.Data.Auth;

/// <summary>A password's hash. There is one, the master password's.</summary>
public sealed class Credential : ITimestamped
{
    /// <summary>The name of the master password's row.</summary>
    public const string Master = "master";

    /// <summary>Primary key.</summary>
    public required string Name { get; set; }

    /// <summary>Self-describing: <c>sha384$</c> and a bcrypt hash over the password's SHA-384, or a plain <c>$2b$</c> from an import.</summary>
    public required string Hash { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}
