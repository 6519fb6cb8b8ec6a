using AniWorld.Blazor.Layout;

namespace AniWorld.Blazor.Library;

/// <summary>What a series' page says, from <c>SeriesTexts.resx</c>.</summary>
internal static class SeriesTexts
{
    private static readonly Texts All = new(typeof(SeriesTexts));

    public static string Of(string name) => All.Of(name);

    public static string Of(string name, params object?[] values) => All.Of(name, values);

    public static string Count(string name, int count) => All.Count(name, count);
}
