using AniWorld.Blazor.Layout;

namespace AniWorld.Blazor.Diagnosis;

/// <summary>What the page of the system says, from <c>SystemTexts.resx</c>.</summary>
internal static class SystemTexts
{
    private static readonly Texts All = new(typeof(SystemTexts));

    public static string Of(string name) => All.Of(name);

    public static string Of(string name, params object?[] values) => All.Of(name, values);
}
