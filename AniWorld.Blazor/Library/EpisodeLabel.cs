namespace AniWorld.Blazor.Library;

/// <summary>Seasons and episodes as people call them.</summary>
internal static class EpisodeLabel
{
    public static string Season(int season) => season == 0 ? LibraryTexts.Of("Specials") : LibraryTexts.Of("Season", season);

    /// <summary><c>S01E02</c>, <c>Film 3</c>.</summary>
    public static string Short(int season, int number) => season == 0 ? LibraryTexts.Of("Film", number) : $"S{season:00}E{number:00}";
}
