using AniWorld.Blazor.Layout;

namespace AniWorld.Blazor.Repair;

/// <summary>What the repair page says, from <c>RepairTexts.resx</c>.</summary>
internal static class RepairTexts
{
    private static readonly Texts All = new(typeof(RepairTexts));

    public static string Of(string name) => All.Of(name);

    public static string Of(string name, string value) => All.Of(name, value);
}
