namespace AniWorld.Blazor.Layout;

/// <summary>What is said around the pages and by more than one of them, from <c>ShellTexts.resx</c>.</summary>
internal static class ShellTexts
{
    private static readonly Texts All = new(typeof(ShellTexts));

    public static string Of(string name) => All.Of(name);

    public static string Of(string name, params object?[] values) => All.Of(name, values);

    public static string Count(string name, int count) => All.Count(name, count);
}
