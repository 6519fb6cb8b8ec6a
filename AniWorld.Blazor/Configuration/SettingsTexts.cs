using AniWorld.Blazor.Layout;

namespace AniWorld.Blazor.Configuration;

/// <summary>What pages say about settings, from <c>SettingsTexts.resx</c>.</summary>
internal static class SettingsTexts
{
    private static readonly Texts All = new(typeof(SettingsTexts));

    public static string Of(string name) => All.Of(name);

    public static string Of(string name, params object?[] values) => All.Of(name, values);
}
