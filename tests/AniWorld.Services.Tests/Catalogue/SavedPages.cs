using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using AniWorld.Services.Catalogue.SiteProfiles;
using AniWorld.Services.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace AniWorld.Services.Tests.Catalogue;

/// <summary>The pages in <c>Catalogue/Pages</c>, and the profile that reads them.</summary>
internal static class SavedPages
{
    public static readonly Uri SeriesAddress = new("https://aniworld.to/anime/stream/schloss-im-nebel");
    public static readonly Uri SeasonAddress = new("https://aniworld.to/anime/stream/schloss-im-nebel/staffel-1");
    public static readonly Uri EpisodeAddress = new("https://aniworld.to/anime/stream/schloss-im-nebel/staffel-1/episode-1");

    public static SiteProfile Profile { get; } = new SiteProfileFiles(
        new DataFolder("/nonexistent", "/nonexistent"), NullLogger<SiteProfileFiles>.Instance).Load().Profiles.Single(profile => profile.Name == "aniworld");

    public static SiteAddresses Site { get; } = new(Profile, () => new Uri(Profile.BaseUrls[0]));

    public static string Text(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Catalogue", "Pages", name));

    public static IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    public static SeriesDocument Series(string html) => new(Parse(html), SeriesAddress, Profile.Series, Site);

    public static SeasonDocument Season(string html, int season = 1) => new(Parse(html), SeasonAddress, season, Profile, Site);

    public static EpisodeDocument Episode(string html) => new(Parse(html), EpisodeAddress, Profile);

    public static SearchDocument Search(string answer) => new(answer, SeriesAddress, Profile.Search, Site, "aniworld.to");
}
