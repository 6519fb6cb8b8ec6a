using AniWorld.Blazor.Layout;

namespace AniWorld.Blazor.Catalogue;

/// <summary>What pages say about site profiles, from <c>ProfileTestTexts.resx</c>.</summary>
internal static class ProfileTestTexts
{
    private static readonly Texts All = new(typeof(ProfileTestTexts));

    public static string Of(string name) => All.Of(name);

    public static string Of(string name, params object?[] values) => All.Of(name, values);
}
