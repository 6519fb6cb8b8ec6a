using System.Globalization;
using System.Text.RegularExpressions;
using AniWorld.Data.Library;

namespace AniWorld.Services.Library;

/// <summary>The language tag of a file or folder: AniWorld's own (<c>[de-dub]</c>) or as people and release groups write it.</summary>
internal static partial class LanguageInName
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private static readonly HashSet<string> TwoLetterCodes =
        [.. CultureInfo.GetCultures(CultureTypes.NeutralCultures).Select(culture => culture.TwoLetterISOLanguageName).Where(code => code.Length == 2)];

    /// <param name="names">The file's name without extension, then its folders from the innermost out; the first that says anything decides.</param>
    public static Language Of(IEnumerable<string> names) =>
        names.Select(name => OwnTag(name) ?? Spelled(name)).FirstOrDefault(language => language is not null) ?? Language.Unknown;

    /// <summary>The last tag of our own form. A bare code must be a language: <c>[bd]</c> and <c>[tv]</c> are something else.</summary>
    private static Language? OwnTag(string name)
    {
        foreach (var match in Tag().Matches(name).Reverse())
        {
            var code = match.Groups["code"].Value;
            if (code.Length > 2 || TwoLetterCodes.Contains(code))
            {
                return Language.Parse(code.ToLowerInvariant());
            }
        }

        return null;
    }

    /// <summary><c>GerDub</c>, <c>German Sub</c>, <c>EngSub</c>, <c>German.DL</c>. A mere <c>German</c> may be either and says nothing.</summary>
    private static Language? Spelled(string name)
    {
        var found = Spelling().Matches(name).Select(Meaning).Distinct().ToList();
        var heard = found.Where(language => language.Code.EndsWith("dub", StringComparison.Ordinal)).ToList();
        return (found.Count, heard.Count) switch
        {
            (1, _) => found[0],
            // "GerDub EngSub": what is heard counts.
            ( > 1, 1) => heard[0],
            _ => null,
        };
    }

    private static Language Meaning(Match match) => (match.Groups["de"].Success, match.Groups["sub"].Success) switch
    {
        (true, true) => Language.DeSub,
        (true, false) => Language.DeDub,
        (false, true) => Language.EnSub,
        (false, false) => Language.EnDub,
    };

    [GeneratedRegex(@"[\[(](?<code>[a-z]{2}|(?i:[a-z]{2}-(dub|sub)))[\])]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Tag();

    [GeneratedRegex(
        @"(?<![a-z])(((?<de>german|deutsch|ger|deu)|english|englisch|engl|eng)[ ._-]*((?<sub>sub(bed|s|titles?|titled)?|untertitel|omu)|dub(bed|s)?|synchro|synchronisiert)"
        + @"|((?<de>de)|en)-?((?<sub>sub(bed|s)?)|dub(bed|s)?)|(?<de>german)[ ._-]dl)(?![a-z])", Options)]
    private static partial Regex Spelling();
}
