namespace AniWorld.Data.Library;

public enum ScanState
{
    Running,
    Completed,
    Failed,
    Cancelled,
}

/// <summary>One comparison of the library with the catalogue.</summary>
public sealed class ScanRun : ITimestamped
{
    public Guid Id { get; set; }

    public ScanState State { get; set; }

    /// <summary>The one series it was for; <see langword="null"/> for the whole library.</summary>
    public string? SeriesKey { get; set; }

    /// <summary>Series done so far, of <see cref="Total"/>.</summary>
    public int Current { get; set; }

    public int Total { get; set; }

    public int Files { get; set; }

    /// <summary>Missing episodes over all series scanned.</summary>
    public int Missing { get; set; }

    /// <summary>Why it failed, or what it could not read; <see langword="null"/> when all went well.</summary>
    public string? Message { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}
