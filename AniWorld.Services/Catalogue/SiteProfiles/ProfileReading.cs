using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Catalogue.SiteProfiles;

/// <summary>One page as a profile reads it, field by field and as a whole. Does no I/O.</summary>
internal sealed class ProfileReading(SiteProfile profile, SiteAddresses site, IHtmlDocument document, Uri address)
{
    /// <summary>Rows whose fields are shown one by one.</summary>
    private const int RowsShown = 3;

    private readonly List<FieldTrial> _fields = [];
    private readonly List<string> _results = [];
    private readonly List<string> _problems = [];

    /// <param name="link">What the address says it is; <see langword="null"/> for search results.</param>
    public ProfileTrial Read(SiteLink? link)
    {
        var page = link?.Page switch { SitePage.Series => "series", SitePage.Season => "season", SitePage.Episode => "episode", _ => "search" };
        switch (link?.Page)
        {
            case SitePage.Series:
                ReadSeries();
                break;
            case SitePage.Season:
                ReadSeason(link.Season);
                break;
            case SitePage.Episode:
                ReadEpisode();
                break;
            default:
                ReadSearch(profile.Search.Page!);
                break;
        }

        return new(profile.Name, page, address, _fields, _results, _problems);
    }

    /// <summary>The same for a JSON answer to a search.</summary>
    public static ProfileTrial Answer(SiteProfile profile, SiteAddresses site, FetchedPage page)
    {
        var (results, problems) = (new List<string>(), new List<string>());
        Take(problems, () => results.AddRange(
            new SearchDocument(page.Text, page.Address, profile.Search, site, profile.Site).Hits.Select(LineOf)));
        if (results.Count == 0 && problems.Count == 0)
        {
            problems.Add("The answer is JSON, but no hit in it has a name and a link to a series; compare search.items, search.name and search.link.");
        }

        return new(
            profile.Name, "search", page.Address, [new("search", "JSON", results.Count, FieldTrial.Excerpt(page.Text), [.. results.Take(FieldTrial.MostValues)])],
            results, problems);
    }

    private void ReadSeries()
    {
        var fields = profile.Series;
        Add("series.title", fields.Title, document);
        Add("series.description", fields.Description, document);
        Add("series.cover", fields.Cover, document);
        Add("series.year", fields.Year, document);
        Add("series.seasons", fields.Seasons, document);
        Add("series.season_count", fields.SeasonCount, document);
        var series = new SeriesDocument(document, address, fields, site);
        Take(_problems, () => _results.Add($"{series.Title}{(series.Year is { } year ? $" ({year})" : "")}"));
        Take(_problems, () => _results.Add($"Seasons: {string.Join(", ", series.Seasons.Select(season => season == 0 ? "films" : $"{season}"))}"));
        if (_results.Any(line => line.StartsWith("Seasons:", StringComparison.Ordinal)) && profile.Routes.Season == profile.Routes.Series)
        {
            ReadSeason(1);
        }
    }

    private void ReadSeason(int season)
    {
        var fields = profile.Season;
        var list = document.QuerySelector(fields.List);
        Count("season.list", fields.List, document);
        if (list is not null)
        {
            var rows = Count("season.rows", fields.Rows, list);
            foreach (var (place, row) in rows.Take(RowsShown).Index())
            {
                Add($"row {place + 1}: season.link", fields.Link, row);
                Add($"row {place + 1}: season.number", fields.Number, row);
                foreach (var (language, title) in fields.Titles)
                {
                    Add($"row {place + 1}: season.titles.{language}", title, row);
                }

                Add($"row {place + 1}: season.hosters", fields.Hosters, row);
                Add($"row {place + 1}: season.languages", fields.Languages, row);
            }

            NameUnknown("languages.flags", rows.SelectMany(row => fields.Languages.ReadAll(row)), profile.Languages.Flags);
        }

        Take(_problems, () => _results.AddRange(new SeasonDocument(document, address, season, profile, site).Episodes.Select(LineOf)));
    }

    private void ReadEpisode()
    {
        var fields = profile.Episode;
        Count("episode.present", fields.Present, document);
        var offers = Count("episode.offers", fields.Offers, document);
        foreach (var (place, offer) in offers.Take(RowsShown).Index())
        {
            Add($"offer {place + 1}: episode.language", fields.Language, offer);
            Add($"offer {place + 1}: episode.hoster", fields.Hoster, offer);
            Add($"offer {place + 1}: episode.link", fields.Link, offer);
        }

        NameUnknown("languages.keys", offers.Select(offer => fields.Language.Read(offer)).OfType<string>(), profile.Languages.Keys);
        Take(_problems, () => _results.AddRange(new EpisodeDocument(document, address, profile).Offers.Select(link => $"{link.Language} · {link.Hoster} · {link.Link}")));
    }

    private void ReadSearch(SearchSelectors fields)
    {
        Count("search.page.present", fields.Present, document);
        foreach (var (place, row) in Count("search.page.rows", fields.Rows, document).Take(RowsShown).Index())
        {
            Add($"row {place + 1}: search.page.name", fields.Name, row);
            Add($"row {place + 1}: search.page.link", fields.Link, row);
            Add($"row {place + 1}: search.page.description", fields.Description, row);
            Add($"row {place + 1}: search.page.cover", fields.Cover, row);
            Add($"row {place + 1}: search.page.year", fields.Year, row);
        }

        Take(_problems, () => _results.AddRange(new SearchPageDocument(document, address, fields, site, profile.Site).Hits.Select(LineOf)));
    }

    private void Add(string member, Field? field, IParentNode scope)
    {
        if (field is not null)
        {
            _fields.AddRange(field.Try(member, scope));
        }
    }

    private IHtmlCollection<IElement> Count(string member, string selector, IParentNode scope)
    {
        var found = scope.QuerySelectorAll(selector);
        _fields.Add(new(member, selector, found.Length, found.Length > 0 ? FieldTrial.Excerpt(PlainText.Clean(found[0].TextContent)) : null, []));
        return found;
    }

    private void NameUnknown(string member, IEnumerable<string> marks, IReadOnlyDictionary<string, string> known)
    {
        var unknown = marks.Where(mark => !known.ContainsKey(mark)).Distinct().Take(10).ToList();
        if (unknown.Count > 0)
        {
            _problems.Add($"{member} does not list {string.Join(", ", unknown.Select(mark => $"'{mark}'"))}; these languages are passed over.");
        }
    }

    private static void Take(List<string> problems, Action read)
    {
        try
        {
            read();
        }
        catch (FaultException fault)
        {
            problems.Add(fault.Message);
        }
    }

    private static string LineOf(SearchHit hit) => $"{hit.Name}{(hit.Year is { } year ? $" ({year})" : "")} · {hit.Key}";

    private static string LineOf(CatalogueEpisode episode) =>
        $"S{episode.Season:00}E{episode.Number:00} · {string.Join(" / ", episode.Titles.Values)} · {string.Join(", ", episode.Languages)} · {string.Join(", ", episode.Hosters)}";
}
