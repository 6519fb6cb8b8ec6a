using System.Text.RegularExpressions;

namespace AniWorld.Services.Downloads.Engine.Hls;

/// <summary>Language names as playlists write them: BCP 47, or three letters.</summary>
internal static partial class LanguageTag
{
    /// <summary>What ISO 639-2 calls those that anime comes in.</summary>
    private static readonly Dictionary<string, string> Short = new(StringComparer.OrdinalIgnoreCase)
    {
        ["deu"] = "de",
        ["ger"] = "de",
        ["eng"] = "en",
        ["jpn"] = "ja",
        ["fra"] = "fr",
        ["fre"] = "fr",
        ["spa"] = "es",
        ["ita"] = "it",
    };

    /// <summary>Whether both are of one language, whatever the region.</summary>
    public static bool Same(string? one, string other) => one is not null && string.Equals(Primary(one), Primary(other), StringComparison.OrdinalIgnoreCase);

    /// <summary>Fit for a file name; <c>und</c> for what is none.</summary>
    public static string InFileName(string? tag) =>
        tag is not null && Form().IsMatch(tag) ? Primary(tag).ToLowerInvariant() + tag[tag.Split('-')[0].Length..] : "und";

    private static string Primary(string tag) => tag.Split('-')[0] is var primary && Short.TryGetValue(primary, out var two) ? two : primary;

    [GeneratedRegex(@"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}\z")]
    private static partial Regex Form();
}
