using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace AniWorld.Services.Catalogue.SiteProfiles;

/// <summary>A site's page of search results as a typed object. Does no I/O.</summary>
/// <param name="siteName">What the hits call the site.</param>
internal sealed class SearchPageDocument(IHtmlDocument document, Uri address, SearchSelectors selectors, SiteAddresses site, string siteName)
{
    /// <summary>In the site's order; rows that lead to no series are left out. Empty when the page says that nothing was found.</summary>
    /// <exception cref="PageLayoutException">The page is no page of results, or no row of it can be read.</exception>
    public IReadOnlyList<SearchHit> Hits
    {
        get
        {
            var rows = document.QuerySelectorAll(selectors.Rows);
            if (rows.Length == 0 && document.QuerySelector(selectors.Present) is null)
            {
                throw new PageLayoutException("fault_layout_results", selectors.Present);
            }

            var named = rows.Where(row => selectors.Name.Read(row) is not null && selectors.Link.Read(row) is not null).ToList();
            return rows.Length == 0 || named.Count > 0
                ? [.. named.Select(HitOf).OfType<SearchHit>().DistinctBy(hit => hit.Key).Take(SearchDocument.MostHits)]
                : throw new PageLayoutException("fault_layout_result", selectors.Link.ToString());
        }
    }

    private SearchHit? HitOf(IElement row) =>
        WebAddress.Resolve(address, selectors.Link.Read(row)) is { } link && site.Read(link, address) is { Page: SitePage.Series } read
            ? new SearchHit(
                read.Key,
                selectors.Name.Read(row)!,
                siteName,
                site.Series(read.Key),
                Years.First(selectors.Year?.Read(row)),
                selectors.Description?.Read(row),
                WebAddress.Resolve(address, selectors.Cover?.Read(row)))
            : null;
}
