using System.Text.Json.Serialization;

namespace AniWorld.Services.Downloads.Engine.Hls;

/// <summary>What a part file of an HLS download holds: the first segments, in order.</summary>
internal sealed record SegmentJournal : Journal
{
    public const string Hls = "hls";

    public SegmentJournal() => Kind = Hls;

    /// <summary>Of the playlist that the segments are of.</summary>
    [JsonPropertyName("fingerprint")]
    public required string Fingerprint { get; init; }

    /// <summary>The byte after each segment's last.</summary>
    [JsonPropertyName("ends")]
    public required IReadOnlyList<long> Ends { get; init; }

    /// <summary>Each segment's <see cref="Checksum"/>, as written.</summary>
    [JsonPropertyName("checksums")]
    public required IReadOnlyList<string> Checksums { get; init; }
}
