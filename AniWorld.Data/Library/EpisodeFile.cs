using System.Text.Json.Serialization;

namespace AniWorld.Data.Library;

/// <summary>A file on disk that holds an episode in one language. A double episode has one row for each of its episodes.</summary>
public sealed class EpisodeFile : ITimestamped
{
    public long Id { get; set; }

    public long EpisodeId { get; set; }

    [JsonIgnore]
    public Episode Episode { get; set; } = null!;

    public Language Language { get; set; }

    /// <summary>Path below the library root, with <c>/</c> between its parts.</summary>
    public required string Path { get; set; }

    /// <summary>Size in bytes.</summary>
    public long Size { get; set; }

    /// <summary>The file system's time of last change, to notice a replaced file.</summary>
    public DateTimeOffset ModifiedAt { get; set; }

    /// <summary>AniWorld itself checked the container when it wrote the file.</summary>
    public bool Verified { get; set; }

    /// <summary>SHA-256 of the content in lower-case hex, as it was when first read in whole; <see langword="null"/> before that.</summary>
    public string? Hash { get; set; }

    /// <summary>When the file was last read in whole and looked at; <see langword="null"/> before the first time.</summary>
    public DateTimeOffset? CheckedAt { get; set; }

    /// <summary>What that look found wrong, as <c>code: sentence</c>; <see langword="null"/> for a sound file.</summary>
    public string? Problem { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}
