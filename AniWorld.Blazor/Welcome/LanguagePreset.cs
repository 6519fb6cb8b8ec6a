namespace AniWorld.Blazor.Welcome;

/// <summary>A wish list of languages to choose from.</summary>
/// <param name="Name">Of its text.</param>
/// <param name="Order">Best first; once a file has the first one, nothing better is looked for.</param>
internal sealed record LanguagePreset(string Name, IReadOnlyList<string> Order)
{
    public static IReadOnlyList<LanguagePreset> All { get; } =
    [
        new("german", ["de-dub", "de-sub", "en-sub"]),
        new("dub", ["de-dub"]),
        new("original", ["de-sub", "en-sub"]),
        new("english", ["en-dub", "en-sub"]),
        new("english-sub", ["en-sub", "de-sub"]),
    ];
}
