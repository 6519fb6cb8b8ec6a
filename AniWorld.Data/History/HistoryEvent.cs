namespace AniWorld.Data.History;

/// <summary>Something that happened and is worth telling later: a download, a log-in, a change of settings.</summary>
public sealed class HistoryEvent : ITimestamped
{
    public long Id { get; set; }

    /// <summary>Dotted name, such as <c>download.completed</c> or <c>auth.login</c>.</summary>
    public required string Kind { get; set; }

    public string? SeriesKey { get; set; }

    public int? Season { get; set; }

    public int? Number { get; set; }

    /// <summary>Details by name; never a secret.</summary>
    public Dictionary<string, string> Details { get; set; } = [];

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}
