namespace AniWorld.Data.Library;

/// <summary>A folder below the library root that holds videos, whether a known series claims it or not.</summary>
public sealed class LibraryFolder : ITimestamped
{
    public long Id { get; set; }

    /// <summary>Path below the library root; unique.</summary>
    public required string Path { get; set; }

    /// <summary>Count of videos in it, at any depth.</summary>
    public int Files { get; set; }

    /// <summary>Their size together, in bytes.</summary>
    public long Size { get; set; }

    public string? GuessedName { get; set; }

    public int? GuessedYear { get; set; }

    public long? SeriesId { get; set; }

    public AnimeSeries? Series { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}
