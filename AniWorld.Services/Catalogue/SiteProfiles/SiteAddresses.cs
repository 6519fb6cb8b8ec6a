using System.Text.RegularExpressions;
using AniWorld.Services.Library;

namespace AniWorld.Services.Catalogue.SiteProfiles;

/// <summary>The addresses of one site: from keys to pages and back.</summary>
/// <param name="baseAddress">Where the site is now; asked each time, for it is a setting.</param>
internal sealed partial class SiteAddresses(SiteProfile profile, Func<Uri> baseAddress)
{
    private readonly Route _search = new(profile.Routes.Search);
    private readonly Route _series = new(profile.Routes.Series);
    private readonly Route _season = new(profile.Routes.Season);
    private readonly Route? _films = profile.Routes.Films is { } films ? new(films) : null;
    private readonly Route _episode = new(profile.Routes.Episode);
    private readonly Route? _film = profile.Routes.Film is { } film ? new(film) : null;

    public Uri Search(string query) => At(_search.Fill(query: query));

    public Uri Series(string key) => At(_series.Fill(key: IdOf(key)));

    /// <summary>The page that lists a season; season 0 is the films'. <see langword="null"/> where the site has no such page.</summary>
    public Uri? Season(string key, int season) =>
        (season == 0 ? _films : _season)?.Fill(key: IdOf(key), season: season) is { } path ? At(path) : null;

    public Uri? Episode(EpisodeKey episode) => (episode.Season == 0 ? _film : _episode)
        ?.Fill(key: IdOf(episode.SeriesKey), season: episode.Season, episode: episode.Number) is { } path ? At(path) : null;

    /// <summary>Reads a link of the site; <see langword="null"/> when it leads elsewhere or to no series.</summary>
    /// <param name="page">The page it stands on, whose host is the site's too: the site may have moved by a redirect.</param>
    public SiteLink? Read(Uri link, Uri? page = null)
    {
        foreach (var root in Roots(page))
        {
            if (IsBelow(root, link) && Classify(link.AbsolutePath[(root.AbsolutePath.TrimEnd('/').Length)..]) is { } read)
            {
                return read;
            }
        }

        return null;
    }

    /// <summary>The key is one of this site's and may go into an address; so may one that got the suffix because another site has it, too.</summary>
    public bool IsKey(string key) => IdOf(key) is var id && KeyOf(id) is { } own && (own == key || id + Suffix == key);

    /// <summary>A path of the site, resolved as from its root; for links in JSON answers.</summary>
    public Uri? Resolve(string linkBase, string? reference) => WebAddress.Resolve(At(linkBase), reference);

    /// <summary>Whether it is an address of the site's search.</summary>
    public bool IsSearch(Uri link) => Roots(null).Any(root => IsBelow(root, link)
        && link.PathAndQuery[root.AbsolutePath.TrimEnd('/').Length..].StartsWith(profile.Routes.Search.Split('{')[0], StringComparison.Ordinal));

    private Uri At(string path) => new(baseAddress().AbsoluteUri.TrimEnd('/') + path);

    private IEnumerable<Uri> Roots(Uri? page)
    {
        yield return baseAddress();
        foreach (var address in profile.BaseUrls)
        {
            yield return new Uri(address);
        }

        if (page is not null)
        {
            yield return new Uri(page, "/");
        }
    }

    private static bool IsBelow(Uri root, Uri link) =>
        WebAddress.IsWeb(link)
        && link.Port == Port(root, link)
        && string.Equals(Host(link), Host(root), StringComparison.OrdinalIgnoreCase)
        && link.AbsolutePath.StartsWith(root.AbsolutePath.TrimEnd('/') + "/", StringComparison.Ordinal);

    // People paste http and https links alike.
    private static int Port(Uri root, Uri link) => root.IsDefaultPort && link.IsDefaultPort ? link.Port : root.Port;

    private static string Host(Uri address) =>
        address.Host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? address.Host[4..] : address.Host;

    private SiteLink? Classify(string path)
    {
        if (_series.Match(path) is { } series)
        {
            return LinkOf(series, SitePage.Series, 0);
        }

        if (_season.Match(path) is { } season)
        {
            return LinkOf(season, SitePage.Season, season.Season ?? 1);
        }

        if (_films?.Match(path) is { } films)
        {
            return LinkOf(films, SitePage.Season, 0);
        }

        if (_episode.Match(path) is { } episode)
        {
            return LinkOf(episode, SitePage.Episode, episode.Season ?? 1);
        }

        return _film?.Match(path) is { } film ? LinkOf(film, SitePage.Episode, 0) : null;
    }

    private SiteLink? LinkOf(RouteValues values, SitePage page, int season) =>
        KeyOf(values.Key.ToLowerInvariant()) is { } key ? new SiteLink(page, key, season, values.Episode ?? 0) : null;

    /// <summary>The key of a series that the site calls <paramref name="id"/>; <see langword="null"/> for an id that can be none.</summary>
    private string? KeyOf(string id)
    {
        if (!KeyForm().IsMatch(id) || (profile.KeyPattern is { } form && !Regex.IsMatch(id, form, Field.PatternOptions)))
        {
            return null;
        }

        // An id that has the suffix already gets it once more, so that IdOf takes off what was put on, always.
        var key = Reserved.Contains(id) || id.EndsWith(Suffix, StringComparison.Ordinal) ? id + Suffix : id;
        return key.Length <= 255 ? key : null;
    }

    private string IdOf(string key) => key.EndsWith(Suffix, StringComparison.Ordinal) ? key[..^Suffix.Length] : key;

    private string Suffix => "-" + profile.Name;

    /// <summary>Words that stand where a key does in the paths of AniWorld's own API.</summary>
    private static readonly HashSet<string> Reserved = ["add", "search", "rescan"];

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z")]
    internal static partial Regex KeyForm();
}

internal enum SitePage
{
    Series,

    /// <summary>A list of episodes; season 0 lists the films.</summary>
    Season,

    /// <summary>An episode, or in season 0 a film.</summary>
    Episode,
}

/// <summary>What a link of the site leads to.</summary>
internal sealed record SiteLink(SitePage Page, string Key, int Season, int Episode);
