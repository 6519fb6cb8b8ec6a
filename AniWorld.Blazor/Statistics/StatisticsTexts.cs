using AniWorld.Blazor.Layout;

namespace AniWorld.Blazor.Statistics;

/// <summary>What the page of statistics says, from <c>StatisticsTexts.resx</c>.</summary>
internal static class StatisticsTexts
{
    private static readonly Texts All = new(typeof(StatisticsTexts));

    public static string Of(string name) => All.Of(name);

    public static string Of(string name, params object?[] values) => All.Of(name, values);

    public static string Count(string name, int count) => All.Count(name, count);
}
