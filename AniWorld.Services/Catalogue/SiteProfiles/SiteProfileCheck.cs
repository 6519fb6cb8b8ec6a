using System.Text.RegularExpressions;
using AngleSharp.Css.Parser;
using AniWorld.Data.Library;

namespace AniWorld.Services.Catalogue.SiteProfiles;

/// <summary>The rules for a profile that its types alone do not hold.</summary>
internal static class SiteProfileCheck
{
    /// <summary>One sentence per broken rule, beginning with the member's path; empty when all is well.</summary>
    public static IEnumerable<string> Errors(SiteProfile profile) =>
    [
        .. Identity(profile),
        .. Routes(profile.Routes),
        .. Search(profile.Search),
        .. Fields(profile).SelectMany(field => FieldErrors(field.Member, field.Field)),
        .. Selectors(profile).Where(rule => !IsSelector(rule.Selector)).Select(rule => $"{rule.Member}: '{rule.Selector}' is no CSS selector."),
        .. Languages("languages.keys", profile.Languages.Keys),
        .. Languages("languages.flags", profile.Languages.Flags),
        .. Ranges(profile.Politeness),
    ];

    private static IEnumerable<string> Identity(SiteProfile profile)
    {
        if (!SiteAddresses.KeyForm().IsMatch(profile.Name) || profile.Name.Length > 50)
        {
            yield return $"name: '{profile.Name}' has to be small letters, digits and single hyphens, at most 50.";
        }

        if (string.IsNullOrWhiteSpace(profile.Site))
        {
            yield return "site: the host for display is empty.";
        }

        if (profile.BaseUrls.Count == 0)
        {
            yield return "base_urls: at least one address is needed.";
        }

        for (var i = 0; i < profile.BaseUrls.Count; i++)
        {
            if (!Uri.TryCreate(profile.BaseUrls[i], UriKind.Absolute, out var address) || !WebAddress.IsWeb(address))
            {
                yield return $"base_urls[{i}]: '{profile.BaseUrls[i]}' is no http or https address.";
            }
        }

        if (profile.KeyPattern is { } pattern && PatternError(pattern) is { } error)
        {
            yield return $"key_pattern: {error}";
        }
    }

    private static IEnumerable<string> Routes(SiteRoutes routes) =>
    [
        .. RouteErrors("routes.search", routes.Search, "query"),
        .. RouteErrors("routes.series", routes.Series, "key"),
        .. RouteErrors("routes.season", routes.Season, SeasonPlaces(routes.Season, "key")),
        .. RouteErrors("routes.films", routes.Films, "key"),
        .. RouteErrors("routes.episode", routes.Episode, SeasonPlaces(routes.Season, "key", "episode")),
        .. RouteErrors("routes.film", routes.Film, "key", "episode"),
    ];

    /// <summary>A site knows seasons in both routes, or in neither.</summary>
    private static string[] SeasonPlaces(string season, params string[] others) =>
        Route.PlacesOf(season).Contains("season") ? [.. others, "season"] : others;

    private static IEnumerable<string> RouteErrors(string member, string? route, params string[] places)
    {
        if (route is not null && !route.StartsWith('/'))
        {
            yield return $"{member}: '{route}' has to begin with a slash.";
        }

        if (route is not null && !Route.PlacesOf(route).Order().SequenceEqual(places.Order()))
        {
            yield return $"{member}: '{route}' has to hold {string.Join(" and ", places.Select(place => $"{{{place}}}"))}, each once, and no other.";
        }
    }

    private static IEnumerable<string> Search(SearchFields search)
    {
        if (search.Page is null && (search.Name is null || search.Link is null))
        {
            yield return "search: it needs name and link, the members of a hit in a JSON answer, or page, where the hits stand on a page.";
        }
    }

    private static IEnumerable<(string Member, Field? Field)> Fields(SiteProfile profile) =>
    [
        ("search.page.name", profile.Search.Page?.Name),
        ("search.page.link", profile.Search.Page?.Link),
        ("search.page.description", profile.Search.Page?.Description),
        ("search.page.cover", profile.Search.Page?.Cover),
        ("search.page.year", profile.Search.Page?.Year),
        ("series.title", profile.Series.Title),
        ("series.description", profile.Series.Description),
        ("series.cover", profile.Series.Cover),
        ("series.backdrop", profile.Series.Backdrop),
        ("series.year", profile.Series.Year),
        ("series.seasons", profile.Series.Seasons),
        ("series.season_count", profile.Series.SeasonCount),
        ("season.link", profile.Season.Link),
        ("season.number", profile.Season.Number),
        ("season.hosters", profile.Season.Hosters),
        ("season.languages", profile.Season.Languages),
        .. profile.Season.Titles.Select(title => ($"season.titles.{title.Key}", (Field?)title.Value)),
        ("episode.language", profile.Episode.Language),
        ("episode.hoster", profile.Episode.Hoster),
        ("episode.link", profile.Episode.Link),
    ];

    private static IEnumerable<(string Member, string Selector)> Selectors(SiteProfile profile) =>
    [
        .. profile.Search.Page is { } search ? [("search.page.present", search.Present), ("search.page.rows", search.Rows)] : Array.Empty<(string, string)>(),
        ("season.list", profile.Season.List),
        ("season.rows", profile.Season.Rows),
        ("episode.present", profile.Episode.Present),
        ("episode.offers", profile.Episode.Offers),
    ];

    private static IEnumerable<string> FieldErrors(string member, Field? field)
    {
        if (field is null)
        {
            yield break;
        }

        foreach (var (part, selector) in SelectorsOf(field).Where(one => !IsSelector(one.Selector)))
        {
            yield return $"{member}.{part}: '{selector}' is no CSS selector.";
        }

        if (field is { Selector: null, Default: null } && member.StartsWith("series.", StringComparison.Ordinal))
        {
            yield return $"{member}.selector: it is needed, for the page itself has no value.";
        }

        if (field.Pattern is { } pattern && PatternError(pattern) is { } error)
        {
            yield return $"{member}.pattern: {error}";
        }

        foreach (var problem in field.Filters.Select((filter, place) => filter.Problem() is { } wrong ? $"{member}.filters[{place}]: {wrong}" : null).OfType<string>())
        {
            yield return problem;
        }

        foreach (var problem in field.Or.SelectMany((other, place) => FieldErrors($"{member}.or[{place}]", other)))
        {
            yield return problem;
        }
    }

    private static IEnumerable<(string Part, string Selector)> SelectorsOf(Field field) =>
    [
        .. field.Selector is { } selector ? [("selector", selector)] : Array.Empty<(string, string)>(),
        .. field.Remove is { } remove ? [("remove", remove)] : Array.Empty<(string, string)>(),
        .. (field.Case?.Keys ?? []).Select(one => ($"case.{one}", one)),
    ];

    private static bool IsSelector(string selector) => new CssSelectorParser().ParseSelector(selector) is not null;

    /// <summary>Why a regular expression cannot be used; <see langword="null"/> when it can.</summary>
    public static string? PatternError(string pattern)
    {
        try
        {
            _ = new Regex(pattern, Field.PatternOptions);
            return null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return $"'{pattern}' cannot be used: {e.Message}";
        }
    }

    private static IEnumerable<string> Languages(string member, IReadOnlyDictionary<string, string> marks) => marks
        .Where(mark => !Language.TryParse(mark.Value, out _))
        .Select(mark => $"{member}.{mark.Key}: '{mark.Value}' is no language; use a code such as de-dub, en-sub or ja.");

    private static IEnumerable<string> Ranges(Politeness politeness)
    {
        if (politeness.Concurrency is < 1 or > 32)
        {
            yield return $"politeness.concurrency: {politeness.Concurrency} is not from 1 to 32.";
        }

        if (politeness.Burst is < 1 or > 100)
        {
            yield return $"politeness.burst: {politeness.Burst} is not from 1 to 100.";
        }

        if (politeness.RequestsPerMinute is < 1 or > 6_000)
        {
            yield return $"politeness.requests_per_minute: {politeness.RequestsPerMinute} is not from 1 to 6,000.";
        }

        if (politeness.RequestsPerSecond is < 0.01 or > 100)
        {
            yield return $"politeness.requests_per_second: {politeness.RequestsPerSecond} is not from 0.01 to 100.";
        }
    }
}
