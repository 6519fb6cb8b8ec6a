using AniWorld.Blazor.Layout;
using AniWorld.Services.Policy;

namespace AniWorld.Blazor.Policy;

/// <summary>What the page of missing episodes says, from <c>MissingTexts.resx</c>, in the reader's language.</summary>
internal static class MissingTexts
{
    private static readonly Texts All = new(typeof(MissingTexts));

    public static string Text(string name) => All.Of(name);

    public static string Text(string name, params object?[] values) => All.Of(name, values);

    /// <summary>Of one or of many, such as <c>3 episodes</c>.</summary>
    public static string Count(string name, int count) => count == 1 ? Text($"{name}_one") : Text(name, count);

    public static string Kind(MissingKind kind) => Text($"kind_{kind}");

    /// <summary>A decision's code in two words, for a list to choose from.</summary>
    public static string Reason(string code) => Text($"reason_{code}");

    public static string Season(int season) => season == 0 ? Text("specials") : Text("season", season);
}
