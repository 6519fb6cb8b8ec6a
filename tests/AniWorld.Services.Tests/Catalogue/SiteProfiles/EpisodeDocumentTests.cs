using AniWorld.Data.Library;
using AniWorld.Services.Catalogue;

namespace AniWorld.Services.Tests.Catalogue.SiteProfiles;

public sealed class EpisodeDocumentTests
{
    private readonly string _page = SavedPages.Text("episode.html");

    [Fact]
    public void Offers_come_in_page_order_with_absolute_links() => Assert.Equal(
        [
            new HosterLink(Language.DeDub, "Rangeo", new Uri("https://aniworld.to/redirect/101"), SavedPages.EpisodeAddress),
            new HosterLink(Language.DeSub, "Rangeo", new Uri("https://aniworld.to/redirect/102"), SavedPages.EpisodeAddress),
            new HosterLink(Language.EnSub, "Embedo", new Uri("https://hoster.example/v/103"), SavedPages.EpisodeAddress),
        ],
        SavedPages.Episode(_page).Offers);

    [Fact]
    public void An_episode_that_nobody_offers_yet_has_none() =>
        Assert.Empty(SavedPages.Episode("<span class=episodeGermanTitle>Bald</span><ul class=row></ul>").Offers);

    [Fact]
    public void A_page_that_is_no_episode_has_changed() =>
        Assert.Throws<PageLayoutException>(() => SavedPages.Episode("<h1>Wartung</h1>").Offers);

    [Fact]
    public void Offers_of_which_none_can_be_read_have_changed()
    {
        var page = _page.Replace("<h4", "<h5", StringComparison.Ordinal).Replace("</h4", "</h5", StringComparison.Ordinal);

        Assert.Throws<PageLayoutException>(() => SavedPages.Episode(page).Offers);
    }
}
