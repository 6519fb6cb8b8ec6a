using System.Globalization;
using AngleSharp.Html.Dom;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Catalogue.SiteProfiles;

/// <summary>One series page as a typed object. Does no I/O, so a saved page is a whole test.</summary>
/// <param name="document">The parsed page.</param>
/// <param name="address">Where it came from; its links count from there.</param>
/// <param name="selectors">Where the site's profile says that each field stands.</param>
internal sealed class SeriesDocument(IHtmlDocument document, Uri address, SeriesSelectors selectors, SiteAddresses site)
{
    /// <summary>More seasons than any series has; a page that claims more is not believed.</summary>
    private const int MostSeasons = 200;

    /// <exception cref="PageLayoutException">The page names no title: the site has changed.</exception>
    public string Title => selectors.Title.Read(document) ?? throw new PageLayoutException("fault_layout_title", selectors.Title.ToString());

    public string? Description => selectors.Description?.Read(document);

    public Uri? Cover => WebAddress.Resolve(address, selectors.Cover?.Read(document));

    public Uri? Backdrop => WebAddress.Resolve(address, selectors.Backdrop?.Read(document));

    /// <summary>First year of airing; <see langword="null"/> where the site gives none, as for some films.</summary>
    public int? Year => Years.First(selectors.Year?.Read(document));

    /// <summary>Seasons from 1 on in order, then 0 when there are films.</summary>
    /// <exception cref="PageLayoutException">The page neither links to a season nor says how many there are.</exception>
    public IReadOnlyList<int> Seasons
    {
        get
        {
            var linked = selectors.Seasons.ReadAll(document)
                .Select(reference => WebAddress.Resolve(address, reference))
                .OfType<Uri>()
                .Select(link => site.Read(link, address))
                .Where(link => link is { Page: SitePage.Season })
                .Select(link => link!.Season)
                .Distinct()
                .Order()
                .ToList();
            var seasons = linked.Count > 0 ? linked : Counted();
            return seasons.Count <= MostSeasons
                ? [.. seasons.Where(season => season > 0), .. seasons.Where(season => season == 0)]
                : throw new FaultException(FaultCode.TooLarge, new Sentence("fault_seasons", address, seasons.Count, MostSeasons));
        }
    }

    private List<int> Counted() =>
        int.TryParse(selectors.SeasonCount?.Read(document), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? [.. Enumerable.Range(1, Math.Min(count, MostSeasons + 1))]
            : throw new PageLayoutException("fault_layout_season_links", selectors.Seasons.ToString());
}
