using System.Text.RegularExpressions;
using AniWorld.Data.Library;

namespace AniWorld.Services.Catalogue.YtDlp;

/// <summary>What a video's title says about its language, as official channels write it.</summary>
internal static partial class TitleLanguage
{
    /// <returns><see langword="null"/> when it says nothing.</returns>
    public static Language? Of(string? title) => title switch
    {
        null => null,
        _ when GermanDub().IsMatch(title) => Language.DeDub,
        _ when GermanSub().IsMatch(title) => Language.DeSub,
        _ when EnglishDub().IsMatch(title) => Language.EnDub,
        _ when EnglishSub().IsMatch(title) => Language.EnSub,
        _ => null,
    };

    [GeneratedRegex(@"\b(ger(man)?[ -]?dub(bed)?|deutsch(e synchro)?|auf deutsch|synchronisiert)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex GermanDub();

    [GeneratedRegex(@"\b(ger(man)?[ -]?sub(bed|s|titles)?|omu|deutsche[rn]? untertiteln?|deutsche untertitel)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex GermanSub();

    [GeneratedRegex(@"\beng(lish)?[ -]?dub(bed)?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EnglishDub();

    [GeneratedRegex(@"\beng(lish)?[ -]?sub(bed|s|titles)?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EnglishSub();
}
