using AniWorld.Services.Configuration;

namespace AniWorld.Blazor.Layout;

/// <summary>
/// How the pages look to this reader: as chosen in this browser, else as <c>ui.theme</c> says. Every page is served with it, so that none is
/// shown in another one first; <c>theme.js</c> writes the cookies, and finds out what the system wants.
/// </summary>
/// <param name="Theme">One of <see cref="Themes"/>.</param>
/// <param name="HasContrast">Whether stronger contrast was asked for.</param>
internal sealed record ReaderLook(string Theme, bool HasContrast)
{
    private const string AsSystem = "system";

    /// <summary>The values of <c>ui.theme</c>.</summary>
    public static IReadOnlyList<string> Themes { get; } = ["light", "dark", AsSystem];

    /// <summary>For <c>html</c>'s <c>data-theme</c>; <see langword="null"/> where only the browser knows.</summary>
    public string? Fixed => Theme == AsSystem ? null : Theme;

    /// <summary>For <c>html</c>'s <c>class</c>.</summary>
    public string? Class => HasContrast ? "more-contrast" : null;

    /// <param name="unlessChosen">What holds in a browser where nothing was chosen.</param>
    public static ReaderLook Of(HttpRequest request, UiOptions unlessChosen)
    {
        var chosen = request.Cookies["aniworld-theme"];
        return new ReaderLook(chosen is not null && Themes.Contains(chosen) ? chosen : unlessChosen.Theme, request.Cookies["aniworld-contrast"] == "more");
    }
}
