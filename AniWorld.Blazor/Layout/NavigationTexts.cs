namespace AniWorld.Blazor.Layout;

/// <summary>What the pages of the navigation are for, from <c>NavigationTexts.resx</c>.</summary>
internal static class NavigationTexts
{
    private static readonly Texts All = new(typeof(NavigationTexts));

    public static string? Find(string page) => All.Find(page);
}
