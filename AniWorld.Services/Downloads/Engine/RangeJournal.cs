using System.Text.Json.Serialization;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>What a part file of a direct download holds.</summary>
internal sealed record RangeJournal : Journal
{
    public const string File = "file";

    public RangeJournal() => Kind = File;

    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    [JsonPropertyName("last_modified")]
    public string? LastModified { get; init; }

    /// <summary>Of the whole file.</summary>
    [JsonPropertyName("length")]
    public long? Length { get; init; }

    /// <summary>Pairs of first byte and the one after the last, sorted.</summary>
    [JsonPropertyName("done")]
    public required IReadOnlyList<long[]> Done { get; init; }
}
