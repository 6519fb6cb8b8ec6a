using AniWorld.Data.Library;

namespace AniWorld.Blazor.Library;

/// <summary>Languages as people call them.</summary>
internal static class LanguageName
{
    /// <summary><c>German dub</c>, <c>English subtitles</c>.</summary>
    public static string Long(Language language) => LibraryTexts.Find($"Language_{language.Code}") ?? language.Code;

    /// <summary>For a chip: <c>DE dub</c>.</summary>
    public static string Short(Language language) => language.Code switch
    {
        "unknown" => "?",
        var code when code.Split('-') is [var tongue, var kind] => $"{tongue.ToUpperInvariant()} {kind}",
        var code => code.ToUpperInvariant(),
    };
}
