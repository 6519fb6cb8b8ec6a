using System.Collections.Immutable;

namespace AniWorld.SampleSite.Catalogue;

/// <summary>A language as the pages show it.</summary>
/// <param name="Code">Such as <c>de-dub</c>.</param>
/// <param name="Key">The <c>data-lang-key</c> of an episode page.</param>
/// <param name="Flag">File name of its picture, without the extension.</param>
/// <param name="Title">What the picture's tooltip says.</param>
public sealed record SampleLanguage(string Code, int Key, string Flag, string Title)
{
    /// <summary>All there are, in page order.</summary>
    public static ImmutableArray<SampleLanguage> All { get; } =
    [
        new("de-dub", 1, "german", "Deutsch/German"),
        new("de-sub", 3, "japanese-german", "Mit deutschem Untertitel"),
        new("en-sub", 2, "japanese-english", "Mit englischem Untertitel"),
    ];

    public string FlagPath => $"/public/img/{Flag}.svg";

    /// <exception cref="ArgumentException">The site knows no such language.</exception>
    public static SampleLanguage Of(string code) =>
        All.FirstOrDefault(language => language.Code == code) ?? throw new ArgumentException($"The sample site has no language {code}.");
}
