namespace AniWorld.Services.Catalogue;

/// <summary>The kinds of pages of a site, each of which may stop to work while the others go on.</summary>
public static class SitePages
{
    public const string Search = "search";
    public const string Series = "series";
    public const string Episode = "episode";
}
