using AniWorld.Blazor.Layout;

namespace AniWorld.Blazor.Dashboard;

/// <summary>What the dashboard says, from <c>DashboardTexts.resx</c>.</summary>
internal static class DashboardTexts
{
    private static readonly Texts All = new(typeof(DashboardTexts));

    public static string Of(string name) => All.Of(name);

    public static string Of(string name, params object?[] values) => All.Of(name, values);

    public static string Count(string name, int count) => All.Count(name, count);
}
