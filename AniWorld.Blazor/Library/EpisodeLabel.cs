namespace AniWorld.Blazor.Library;

/// <summary>Seasons and episodes as people call them.</summary>
internal static class EpisodeLabel
{
    public static string Season(int season) => season == 0 ? "Films & specials" : $"Season {season}";

    /// <summary><c>S01E02</c>, <c>Film 3</c>.</summary>
    public static string Short(int season, int number) => season == 0 ? $"Film {number}" : $"S{season:00}E{number:00}";
}
