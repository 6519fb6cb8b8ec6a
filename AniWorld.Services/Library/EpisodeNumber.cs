using System.Text.Json.Serialization;

namespace AniWorld.Services.Library;

/// <summary>An episode within a series: season from 1 (0 for films and specials), episode from 1.</summary>
[method: JsonConstructor]
public readonly record struct EpisodeNumber(int Season, int Episode)
{
    public override string ToString() => $"S{Season:00}E{Episode:00}";
}
