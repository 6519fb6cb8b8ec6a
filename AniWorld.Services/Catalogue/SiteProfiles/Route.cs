using System.Globalization;
using System.Text.RegularExpressions;

namespace AniWorld.Services.Catalogue.SiteProfiles;

/// <summary>A path with named places in it: filled in to ask the site, matched to read its links.</summary>
internal sealed partial class Route
{
    private readonly string _template;
    private readonly Lazy<Regex> _form;

    /// <param name="template">Such as <c>/anime/stream/{key}/staffel-{season}</c>.</param>
    public Route(string template)
    {
        _template = template;
        _form = new(() => FormOf(template));
    }

    public string Fill(string? query = null, string? key = null, int? season = null, int? episode = null) =>
        Place().Replace(_template, place => Uri.EscapeDataString(place.Groups[1].Value switch
        {
            "query" => query,
            "key" => key,
            "season" => season?.ToString(CultureInfo.InvariantCulture),
            _ => episode?.ToString(CultureInfo.InvariantCulture),
        } ?? ""));

    /// <returns>What stands in the places; <see langword="null"/> when <paramref name="path"/> is no such path.</returns>
    public RouteValues? Match(string path)
    {
        var match = _form.Value.Match(path);
        return match.Success
            ? new RouteValues(match.Groups["key"].Value, Number(match.Groups["season"]), Number(match.Groups["episode"]))
            : null;
    }

    /// <summary>The names of the places in <paramref name="template"/>.</summary>
    public static IEnumerable<string> PlacesOf(string template) => Place().Matches(template).Select(place => place.Groups[1].Value);

    private static Regex FormOf(string template)
    {
        // With a group in the pattern, Split keeps the names of the places at the odd positions.
        var form = string.Concat(Place().Split(template).Select((part, i) => i % 2 == 0 ? Regex.Escape(part) : FormOfPlace(part)));
        return new Regex($"^{form}/?$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
    }

    private static string FormOfPlace(string place) => place is "season" or "episode" ? $"(?<{place}>[0-9]{{1,5}})" : $"(?<{place}>[^/]+)";

    private static int? Number(Group group) => group.Success ? int.Parse(group.Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"\{([a-z]+)\}")]
    private static partial Regex Place();
}

/// <summary>What a link of the site says.</summary>
internal sealed record RouteValues(string Key, int? Season, int? Episode);
