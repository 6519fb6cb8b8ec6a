using AniWorld.Blazor.Layout;
using AniWorld.Services.Library;

namespace AniWorld.Blazor.Catalogue;

/// <summary>What the page that adds series says, from <c>AddTexts.resx</c>, in the reader's language.</summary>
internal static class AddTexts
{
    private static readonly Texts All = new(typeof(AddTexts));

    public static string Of(string name) => All.Of(name);

    public static string Of(string name, params object?[] values) => All.Of(name, values);

    public static string Count(string name, int count) => All.Count(name, count);

    public static string Season(int season) => season == 0 ? Of("Specials") : Of("Season", season);

    /// <summary>Why nothing was added; <see langword="null"/> when the series is there now.</summary>
    public static string? Refusal(AddResult outcome, bool anySource) => outcome switch
    {
        AddResult.NotRecognised => Of(anySource ? "RefusedLink" : "RefusedNoSource"),
        AddResult.NotFound => Of("RefusedNotFound"),
        AddResult.Invalid(_, var message) => Said.Of(message),
        _ => null,
    };
}
