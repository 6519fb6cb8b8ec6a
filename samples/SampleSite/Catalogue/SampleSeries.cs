using System.Globalization;

namespace AniWorld.SampleSite.Catalogue;

/// <summary>A made-up series.</summary>
/// <param name="From">First year of airing; <see langword="null"/> when the page names none.</param>
/// <param name="To">Last year; <see langword="null"/> while it airs.</param>
/// <param name="Cover">File in <c>Covers/</c>; <see langword="null"/> when it has none.</param>
/// <param name="Hosters">Names, in page order; the same for all its episodes.</param>
/// <param name="Seasons">In order, films (season 0) last.</param>
public sealed record SampleSeries(
    string Key,
    string Name,
    string Description,
    int? From,
    int? To,
    string? Cover,
    IReadOnlyList<string> Genres,
    IReadOnlyList<string> Hosters,
    IReadOnlyList<SampleSeason> Seasons)
{
    public string Path => $"/anime/stream/{Key}";

    public string? CoverPath => Cover is null ? null : $"/public/img/cover/{Cover}";

    /// <summary>Such as <c>(2016 - 2019)</c> or <c>(2026 - Heute)</c>; empty when not known.</summary>
    public string Years => From is null ? "" : $"({From} - {To?.ToString(CultureInfo.InvariantCulture) ?? "Heute"})";

    /// <param name="season">From 1; 0 for films.</param>
    public SampleSeason? FindSeason(int season) => Seasons.FirstOrDefault(known => known.Number == season);

    /// <param name="season">From 1; 0 for films.</param>
    public SampleEpisode? Find(int season, int episode) => FindSeason(season)?.Episodes.ElementAtOrDefault(episode - 1);
}
