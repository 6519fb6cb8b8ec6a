using System.Text.RegularExpressions;

namespace AniWorld.Data.Library;

/// <summary>
/// What an episode is heard and read in: <c>de-dub</c>, <c>en-dub</c>, <c>ja</c> (no subtitles), <c>de-sub</c>, <c>en-sub</c>
/// (Japanese audio with subtitles) or <c>unknown</c>. Profiles may add others of that form.
/// </summary>
public readonly partial record struct Language
{
    /// <summary>Those that libraries are full of, so that reading a long list need not match each code.</summary>
    private static readonly Dictionary<string, Language> Known =
        new[] { "de-dub", "en-dub", "ja", "de-sub", "en-sub", "unknown" }.ToDictionary(code => code, code => new Language(code));

    private readonly string? _code;

    private Language(string code) => _code = code;

    public static Language DeDub { get; } = new("de-dub");

    public static Language EnDub { get; } = new("en-dub");

    public static Language Ja { get; } = new("ja");

    public static Language DeSub { get; } = new("de-sub");

    public static Language EnSub { get; } = new("en-sub");

    public static Language Unknown { get; } = new("unknown");

    /// <summary>The code as files, the API and the database write it.</summary>
    public string Code => _code ?? "unknown";

    /// <exception cref="FormatException"><paramref name="code"/> is not of the form <c>xx</c>, <c>xx-dub</c> or <c>xx-sub</c>.</exception>
    public static Language Parse(string code) => TryParse(code, out var language)
        ? language
        : throw new FormatException($"'{code}' is not a language; use a code such as de-dub, en-sub or ja.");

    public static bool TryParse(string? code, out Language language)
    {
        if (code is not null && Known.TryGetValue(code, out language))
        {
            return true;
        }

        var valid = code is not null && Form().IsMatch(code);
        language = valid ? new Language(code!) : Unknown;
        return valid;
    }

    public bool Equals(Language other) => Code == other.Code;

    public override int GetHashCode() => Code.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Code;

    [GeneratedRegex("^(unknown|[a-z]{2}(-(dub|sub))?)$")]
    private static partial Regex Form();
}
