using System.Globalization;
using AniWorld.Blazor.Library;
using AniWorld.Services.Policy;

namespace AniWorld.Blazor.Policy;

internal sealed record MissingJson(
    string Key,
    string Name,
    int Season,
    int Episode,
    IReadOnlyDictionary<string, string> Titles,
    string? Wanted,
    IReadOnlyList<string> Available,
    AnimeDecision Decision)
{
    public static MissingJson From(MissingEpisode missing, CultureInfo reader) => new(
        missing.Key,
        missing.Name,
        missing.Episode.Season,
        missing.Episode.Number,
        missing.Episode.Titles,
        missing.Episode.Wanted?.Code,
        [.. missing.Episode.Available.Select(l => l.Code)],
        AnimeDecision.From(missing.Episode.Decision, reader));
}
