using System.Text.Json.Serialization;
using AniWorld.Data.Library;

namespace AniWorld.Services.Library;

/// <summary>What the sidecar of a series says of one of its files.</summary>
public sealed record SidecarFile
{
    private const int MostEpisodes = 200;

    /// <summary>Below the series' folder, with <c>/</c> between its parts. Only ever compared with what is there.</summary>
    public required string Path { get; init; }

    /// <summary>From 1; 0 for films and specials.</summary>
    public required int Season { get; init; }

    /// <summary>More than one for a double episode.</summary>
    public required IReadOnlyList<int> Episodes { get; init; }

    /// <summary>As <see cref="Language.Code"/>.</summary>
    public required string Language { get; init; }

    public required long SizeBytes { get; init; }

    /// <summary>Of the content, in lower-case hex; <see langword="null"/> when it was not read in whole yet.</summary>
    [JsonPropertyName("sha256")]
    public string? Hash { get; init; }

    // Every text may be null here, whatever its type says: JSON can hold a null for it.
    internal bool IsSound() =>
        Path is { Length: > 0 and <= 2_000 }
        && Season is >= 0 and < 1_000
        && Episodes is { Count: > 0 and <= MostEpisodes } && Episodes.All(number => number is > 0 and < 10_000)
        && AniWorld.Data.Library.Language.TryParse(Language, out _)
        && SizeBytes >= 0
        && (Hash is null || IsHash(Hash));

    private static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
