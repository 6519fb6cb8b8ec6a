namespace AniWorld.Data.Auth;

/// <summary>A secret that all nodes sign with. On SQLite it is a file in <c>data/keys</c>.</summary>
public sealed class SharedKey
{
    /// <summary>The key that signs tokens.</summary>
    public const string Signing = "jwt";

    public required string Name { get; set; }

    public required byte[] Bytes { get; set; }
}
