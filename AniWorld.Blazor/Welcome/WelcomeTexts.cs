using AniWorld.Blazor.Layout;

namespace AniWorld.Blazor.Welcome;

/// <summary>What the first steps say, from <c>WelcomeTexts.resx</c>, in the reader's language.</summary>
internal static class WelcomeTexts
{
    private static readonly Texts All = new(typeof(WelcomeTexts));

    public static string Of(string name) => All.Of(name);

    public static string Of(string name, params object?[] values) => All.Of(name, values);

    public static string Count(string name, int count) => All.Count(name, count);
}
