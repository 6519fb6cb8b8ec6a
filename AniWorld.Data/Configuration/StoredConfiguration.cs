namespace AniWorld.Data.Configuration;

/// <summary>What is <c>config.json</c> on SQLite: one row, which all nodes share.</summary>
public sealed class StoredConfiguration
{
    /// <summary>There is no other row.</summary>
    public const int OnlyId = 1;

    public int Id { get; set; } = OnlyId;

    /// <summary>The text of a <c>config.json</c>.</summary>
    public required string Document { get; set; }

    /// <summary>1 at first, and one more with each change: whoever changes it says which one it goes on from.</summary>
    public long Version { get; set; }
}
