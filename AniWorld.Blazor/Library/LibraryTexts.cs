using AniWorld.Blazor.Layout;

namespace AniWorld.Blazor.Library;

/// <summary>What the library's pages say, from <c>LibraryTexts.resx</c>.</summary>
internal static class LibraryTexts
{
    private static readonly Texts All = new(typeof(LibraryTexts));

    /// <returns><see langword="null"/> when there is none of that name.</returns>
    public static string? Find(string name) => All.Find(name);

    public static string Of(string name) => All.Of(name);

    public static string Of(string name, params object?[] values) => All.Of(name, values);

    public static string Count(string name, int count) => All.Count(name, count);
}
