using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads.Engine;

namespace AniWorld.Services.Library;

/// <summary>What a video is heard and read in, going by the tags of its tracks. Does no I/O.</summary>
internal static class LanguageOfTracks
{
    private const string Japanese = "ja";

    /// <summary>Tags as they are written (ISO 639-1, 639-2/T and 639-2/B) to the first of them.</summary>
    private static readonly Dictionary<string, string> Tongues = new[]
    {
        "de deu ger", "en eng", "ja jpn", "fr fra fre", "es spa", "it ita", "pt por", "nl nld dut",
        "pl pol", "ru rus", "tr tur", "ar ara", "zh zho chi", "ko kor",
    }
        .Select(line => line.Split(' '))
        .SelectMany(names => names, (names, name) => (Name: name, Tongue: names[0]))
        .ToDictionary(pair => pair.Name, pair => pair.Tongue, StringComparer.OrdinalIgnoreCase);

    /// <returns>
    /// <see cref="Language.Unknown"/> when the tags leave it open: Japanese sound without a subtitle track may have subtitles in the picture,
    /// and of several dubs one counts only if the profile names it.
    /// </returns>
    public static Language Of(MediaTracks tracks, LanguageProfile profile)
    {
        var heard = tracks.Sound.Select(TongueOf).Distinct().ToList();
        var dubs = heard.Where(tongue => tongue is not (null or Japanese)).Select(tongue => $"{tongue}-dub").ToList();
        var code = dubs switch
        {
            [] => heard is [Japanese] ? Subtitled(tracks) : null,
            ["de-dub" or "en-dub"] => dubs[0],
            // Chinese or Korean sound is no dub unless somebody asks for it as one.
            _ => profile.Order.FirstOrDefault(dubs.Contains),
        };
        return code is null ? Language.Unknown : Language.Parse(code);
    }

    private static string? Subtitled(MediaTracks tracks) =>
        tracks.Subtitles.Select(TongueOf).Distinct().ToList() is [{ } only] && only != Japanese ? $"{only}-sub" : null;

    /// <returns><see langword="null"/> for a track without a tag, and for a tag that is not known here.</returns>
    private static string? TongueOf(string? tag) => Tongues.GetValueOrDefault((tag ?? "").Split('-', '_')[0].Trim());
}
