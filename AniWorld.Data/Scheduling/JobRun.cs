namespace AniWorld.Data.Scheduling;

/// <summary>One run of a scheduled job, and what came of it.</summary>
public sealed class JobRun : ITimestamped
{
    public long Id { get; set; }

    /// <summary>Name of the job, such as <c>library-rescan</c>.</summary>
    public required string Job { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>One of <c>running</c>, <c>done</c>, <c>skipped</c>, <c>failed</c>, <c>cancelled</c>.</summary>
    public required string Outcome { get; set; }

    /// <summary>What came of it, as a stored sentence that each reader has in a language of his own.</summary>
    public string? Message { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}
