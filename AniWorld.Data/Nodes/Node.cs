namespace AniWorld.Data.Nodes;

/// <summary>A process of AniWorld that shares a database with others. Only on PostgreSQL; SQLite has one process.</summary>
public sealed class Node
{
    /// <summary>Of its data folder, so that it is the same after a restart.</summary>
    public Guid Id { get; set; }

    /// <summary>Its machine's.</summary>
    public required string Name { get; set; }

    /// <summary>Of AniWorld.</summary>
    public required string Version { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    /// <summary>When it was last heard of, by the database's clock.</summary>
    public DateTimeOffset BeatAt { get; set; }
}
