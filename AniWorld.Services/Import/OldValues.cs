using System.Text.RegularExpressions;
using AniWorld.Services.Library;

namespace AniWorld.Services.Import;

/// <summary>What a value of an old installation may be: anybody may have put anything there.</summary>
internal static partial class OldValues
{
    public const int LongestText = 5_000;
    private const int LongestName = 500;
    private const int LastSeason = 999;
    private const int LastEpisode = 99_999;

    /// <summary>Words that stand where a key does in the API's paths.</summary>
    private static readonly HashSet<string> Reserved = ["add", "search", "rescan"];

    public static bool IsKey(string? key) => key is { Length: > 0 and <= 255 } && KeyForm().IsMatch(key) && !Reserved.Contains(key);

    /// <summary>Without what cannot be seen; <see langword="null"/> when nothing is left.</summary>
    public static string? Text(string? text, int longest = LongestName)
    {
        var clean = text is null ? "" : WellFormedText.Of(text).Trim();
        return clean.Length == 0 ? null : clean.Length > longest ? WellFormedText.Of(clean[..longest]).Trim() : clean;
    }

    public static EpisodeNumber? Number(long? season, long? number) =>
        season is >= 0 and <= LastSeason && number is >= 1 and <= LastEpisode ? new EpisodeNumber((int)season, (int)number) : null;

    public static Uri? Web(string? address) =>
        address is { Length: <= 2_000 } && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")
            ? uri
            : null;

    /// <summary>As it may stand in a sentence.</summary>
    public static string Shown(string? value) => Text(value, 80) is { } text ? $"'{text}'" : "(nothing)";

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex KeyForm();
}
