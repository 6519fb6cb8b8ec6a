namespace AniWorld.Services.Library;

/// <summary>Which episode, whatever its language. A film or special has season 0; numbers count from 1.</summary>
public readonly record struct EpisodeKey(string SeriesKey, int Season, int Number)
{
    /// <summary>As <c>attack-on-titan S01E02</c>.</summary>
    public override string ToString() => $"{SeriesKey} S{Season:00}E{Number:00}";
}
