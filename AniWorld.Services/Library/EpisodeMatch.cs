using AniWorld.Data.Library;

namespace AniWorld.Services.Library;

/// <summary>Which of a series' episodes a file on disk holds. Does no I/O.</summary>
internal sealed class EpisodeMatch(IReadOnlyCollection<Episode> episodes)
{
    private readonly ILookup<EpisodeNumber, Episode> _byNumber =
        episodes.ToLookup(e => new EpisodeNumber(e.Season, e.Number));

    private readonly bool _oneSeason = episodes.Where(e => e.Season > 0).Select(e => e.Season).Distinct().Count() == 1;

    /// <returns>None when the name tells no episode that the series has; several for a double episode.</returns>
    public IReadOnlyList<Episode> Of(EpisodeFileName? name)
    {
        if (name is null || name.Kind is EpisodeFileKind.Extra)
        {
            return [];
        }

        if (name.Season is { } season)
        {
            List<Episode> found = [.. name.Numbers.SelectMany(number => _byNumber[new EpisodeNumber(season, number)])];
            return found.Count > 0 || name.Absolute is null ? found : Absolute([name.Absolute.Value]);
        }

        return _oneSeason
            ? [.. episodes.Where(e => e.Season > 0 && name.Numbers.Contains(e.Number))]
            : Absolute(name.Numbers);
    }

    private List<Episode> Absolute(IReadOnlyList<int> numbers) =>
        [.. episodes.Where(e => e.Absolute is { } absolute && numbers.Contains(absolute))];
}
