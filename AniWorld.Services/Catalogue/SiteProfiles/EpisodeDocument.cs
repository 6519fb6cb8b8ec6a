using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AniWorld.Data.Library;

namespace AniWorld.Services.Catalogue.SiteProfiles;

/// <summary>One episode's or film's page as a typed object. Does no I/O.</summary>
internal sealed class EpisodeDocument(IHtmlDocument document, Uri address, SiteProfile profile)
{
    private EpisodeSelectors Selectors => profile.Episode;

    /// <summary>In page order, offers in unknown languages left out; empty when nobody offers the episode yet.</summary>
    /// <exception cref="PageLayoutException">This is no episode's page, or none of its offers can be read.</exception>
    public IReadOnlyList<HosterLink> Offers
    {
        get
        {
            var offers = document.QuerySelectorAll(Selectors.Offers);
            if (offers.Length == 0 && document.QuerySelector(Selectors.Present) is null)
            {
                throw new PageLayoutException("fault_layout_episode", Selectors.Present);
            }

            var read = offers.Where(IsWhole).ToList();
            return offers.Length == 0 || read.Count > 0
                ? [.. read.Select(OfferOf).OfType<HosterLink>()]
                : throw new PageLayoutException("fault_layout_hoster_link", Selectors.Link.ToString());
        }
    }

    private bool IsWhole(IElement offer) =>
        Selectors.Language.Read(offer) is not null && Selectors.Hoster.Read(offer) is not null && LinkOf(offer) is not null;

    private HosterLink? OfferOf(IElement offer) =>
        profile.Languages.Keys.TryGetValue(Selectors.Language.Read(offer)!, out var code)
            ? new HosterLink(Language.Parse(code), HosterOf(offer), LinkOf(offer)!, address)
            : null;

    private string HosterOf(IElement offer)
    {
        var name = Selectors.Hoster.Read(offer)!;
        return profile.Hosters.GetValueOrDefault(name, name);
    }

    private Uri? LinkOf(IElement offer) => WebAddress.Resolve(address, Selectors.Link.Read(offer));
}
