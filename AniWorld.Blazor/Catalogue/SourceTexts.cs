using AniWorld.Blazor.Layout;

namespace AniWorld.Blazor.Catalogue;

/// <summary>What pages say about how sources do, from <c>SourceTexts.resx</c>.</summary>
internal static class SourceTexts
{
    private static readonly Texts All = new(typeof(SourceTexts));

    public static string Of(string name) => All.Of(name);

    public static string Of(string name, params object?[] values) => All.Of(name, values);

    /// <param name="page">Of <see cref="Services.Catalogue.SitePages"/>.</param>
    public static string PageOf(string page) => All.Find($"Page_{page}") ?? page;
}
