using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AniWorld.Data.Library;

namespace AniWorld.Services.Catalogue.SiteProfiles;

/// <summary>One season's or the films' page as a typed object. Does no I/O.</summary>
/// <param name="season">Which season was asked for; rows of other seasons are passed over. 0 for films.</param>
internal sealed class SeasonDocument(IHtmlDocument document, Uri address, int season, SiteProfile profile, SiteAddresses site)
{
    private SeasonSelectors Selectors => profile.Season;

    /// <summary>In page order; the first row counts when two have one number. Empty when the list has no row.</summary>
    /// <exception cref="PageLayoutException">The page has no list of episodes, or no row that says its number.</exception>
    public IReadOnlyList<CatalogueEpisode> Episodes
    {
        get
        {
            var list = document.QuerySelector(Selectors.List) ?? throw new PageLayoutException("fault_layout_episode_list", Selectors.List);
            var rows = list.QuerySelectorAll(Selectors.Rows);
            var episodes = rows.Select(EpisodeOf).OfType<CatalogueEpisode>().DistinctBy(episode => episode.Number).ToList();
            return rows.Length > 0 && episodes.Count == 0 ? throw new PageLayoutException("fault_layout_episode_number", Selectors.Link.ToString())
                : IsOfferedInNoLanguage(episodes, rows) ? throw new PageLayoutException("fault_layout_languages", Selectors.Languages.ToString())
                : episodes;
        }
    }

    /// <summary>Somebody has the episodes, but the page says nowhere in which language.</summary>
    private bool IsOfferedInNoLanguage(List<CatalogueEpisode> episodes, IHtmlCollection<IElement> rows) =>
        episodes.Exists(episode => episode.Hosters.Count > 0) && rows.All(row => !Selectors.Languages.ReadAll(row).Any());

    private CatalogueEpisode? EpisodeOf(IElement row) =>
        NumberOf(row) is { } number and > 0
            ? new CatalogueEpisode(season, number, TitlesOf(row), LanguagesOf(row), HostersOf(row))
            : null;

    private int? NumberOf(IElement row)
    {
        if (WebAddress.Resolve(address, Selectors.Link.Read(row)) is { } link && site.Read(link, address) is { Page: SitePage.Episode } read)
        {
            return read.Season == season ? read.Episode : null;
        }

        return int.TryParse(Selectors.Number?.Read(row), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private Dictionary<string, string> TitlesOf(IElement row) => Selectors.Titles
        .Select(title => (Language: title.Key, Text: title.Value.Read(row)))
        .Where(title => title.Text is not null)
        .ToDictionary(title => title.Language, title => title.Text!);

    private List<Language> LanguagesOf(IElement row) =>
        [.. Selectors.Languages.ReadAll(row).Select(FlagOf).OfType<Language>().Distinct()];

    private Language? FlagOf(string flag) => profile.Languages.Flags.TryGetValue(flag, out var code) ? Language.Parse(code) : null;

    private List<string> HostersOf(IElement row) =>
        [.. (Selectors.Hosters?.ReadAll(row) ?? []).Select(name => profile.Hosters.GetValueOrDefault(name, name)).Distinct()];
}
