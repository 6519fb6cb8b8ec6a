using AniWorld.Blazor.Layout;

namespace AniWorld.Blazor.Configuration;

/// <summary>What pages say about file names and what lies beside the files, from <c>NamingTexts.resx</c>.</summary>
internal static class NamingTexts
{
    private static readonly Texts All = new(typeof(NamingTexts));

    public static string Of(string name) => All.Of(name);
}
