using System.Globalization;
using AniWorld.SampleSite.Media;

namespace AniWorld.SampleSite.Catalogue;

/// <summary>All series of the site, and the numbers of their links.</summary>
public sealed class SampleCatalogue
{
    private const int FirstLink = 1000;
    private const int LinksPerHoster = 3;

    private readonly Dictionary<string, SampleSeries> _byKey;
    private readonly List<(SampleSeries Series, SampleEpisode Episode)> _episodes;
    private readonly string[] _hosters;

    private SampleCatalogue(IReadOnlyList<SampleSeries> series)
    {
        Series = series;
        _byKey = series.ToDictionary(one => one.Key);
        _episodes = [.. series.SelectMany(one => one.Seasons.SelectMany(season => season.Episodes), (one, episode) => (one, episode))];
        _hosters = [.. series.SelectMany(one => one.Hosters).Distinct()];
    }

    /// <summary>In the order of <c>catalogue.json</c>.</summary>
    public IReadOnlyList<SampleSeries> Series { get; }

    public static SampleCatalogue Load() => new(CatalogueFile.Read());

    public SampleSeries? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>Series whose name contains the text; case and accents do not count.</summary>
    public IEnumerable<SampleSeries> Search(string text) =>
        text.Trim() is { Length: > 0 } wanted ? Series.Where(series => Contains(series.Name, wanted)) : [];

    /// <summary>Number of the link to one video at one hoster. It stays the same when more languages are offered.</summary>
    internal int LinkId(VideoIdentity video, string hoster)
    {
        var episode = Find(video.Series)!.Find(video.Season, video.Episode)!;
        var language = SampleLanguage.All.IndexOf(SampleLanguage.Of(video.Language));
        return FirstLink + (((episode.Ordinal * _hosters.Length) + Array.IndexOf(_hosters, hoster)) * LinksPerHoster) + language;
    }

    /// <returns>What the link leads to; <see langword="null"/> when the site offers no such link.</returns>
    internal (VideoIdentity Video, string Hoster)? FindLink(int id)
    {
        var index = id - FirstLink;
        var place = index / LinksPerHoster / _hosters.Length;
        if (index < 0 || place >= _episodes.Count)
        {
            return null;
        }

        var (series, episode) = _episodes[place];
        var language = SampleLanguage.All[index % LinksPerHoster].Code;
        var hoster = _hosters[index / LinksPerHoster % _hosters.Length];
        return episode.Languages.Contains(language) && series.Hosters.Contains(hoster)
            ? (new VideoIdentity(series.Key, episode.Season, episode.Number, language), hoster)
            : null;
    }

    private static bool Contains(string name, string text) =>
        CultureInfo.InvariantCulture.CompareInfo.IndexOf(name, text, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0;
}
