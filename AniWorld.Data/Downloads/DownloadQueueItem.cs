using AniWorld.Data.Library;

namespace AniWorld.Data.Downloads;

/// <summary>One episode in one language that was asked for, and what became of it.</summary>
public sealed class DownloadQueueItem : ITimestamped, ISoftDeletable
{
    public Guid Id { get; set; }

    public required string SeriesKey { get; set; }

    public required string SeriesName { get; set; }

    public required string SeriesFolder { get; set; }

    public int Season { get; set; }

    public int Number { get; set; }

    public string? Title { get; set; }

    public Language Language { get; set; }

    /// <summary>The user asked for this language: no other of the profile takes its place when it is gone.</summary>
    public bool LanguageChosen { get; set; }

    /// <summary>The hoster that serves, or last served, it.</summary>
    public string? Hoster { get; set; }

    public DownloadStatus Status { get; set; }

    public DownloadPriority Priority { get; set; } = DownloadPriority.Normal;

    /// <summary>Order within the priority, ascending.</summary>
    public long Position { get; set; }

    /// <summary>Bytes that are safely on disk.</summary>
    public long DownloadedBytes { get; set; }

    /// <summary>Size of the whole in bytes; <see langword="null"/> while the source has not told it.</summary>
    public long? TotalBytes { get; set; }

    /// <summary>0 to 100; 100 only when finished.</summary>
    public double Percent { get; set; }

    /// <summary>Mean speed of the finished transfer in bytes per second.</summary>
    public double? MeanSpeed { get; set; }

    /// <summary>Why it failed or waits, as <c>code: sentence</c>.</summary>
    public string? Error { get; set; }

    public int RetryCount { get; set; }

    /// <summary>It is not taken before this time.</summary>
    public DateTimeOffset? NextRetryAt { get; set; }

    /// <summary>Path below the library root: the target once chosen, the file when completed.</summary>
    public string? FilePath { get; set; }

    /// <summary>Paused by the user on its own, whatever the queue's switch says.</summary>
    public bool PausedByUser { get; set; }

    /// <summary>Which worker holds it; <see langword="null"/> when none does.</summary>
    public string? LeaseOwner { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>Grows with every claim; a worker that lost its lease sees another number and stops.</summary>
    public int LeaseNumber { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }
}
