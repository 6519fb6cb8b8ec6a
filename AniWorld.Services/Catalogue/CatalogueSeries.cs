using AniWorld.Data.Library;

namespace AniWorld.Services.Catalogue;

/// <summary>A series as its catalogue describes it. Every text is plain text.</summary>
/// <param name="Episodes">All seasons in order, films and specials (season 0) last.</param>
/// <param name="Backdrop">A wide picture; <see langword="null"/> where the site shows none.</param>
public sealed record CatalogueSeries(
    string Key, string Name, Uri Link, int? Year, string? Description, Uri? Cover, IReadOnlyList<CatalogueEpisode> Episodes, Uri? Backdrop = null);

/// <summary>An episode as its season page lists it.</summary>
/// <param name="Titles">By language of the text (<c>de</c>, <c>en</c>); empty where the site gives none.</param>
/// <param name="Languages">What the site offers it in; empty when it is only announced.</param>
/// <param name="Hosters">Names of the hosters that the row shows, for all languages together.</param>
public sealed record CatalogueEpisode(
    int Season, int Number, IReadOnlyDictionary<string, string> Titles, IReadOnlyList<Language> Languages, IReadOnlyList<string> Hosters);

/// <summary>Where one episode can be had in one language.</summary>
/// <param name="Link">Address that leads, over redirects, to the hoster's page or to the media itself.</param>
/// <param name="Referer">The page that the link stands on.</param>
/// <param name="IsYtDlp">Whether <paramref name="Link"/> is one that yt-dlp reads, so that nobody else opens it first.</param>
public sealed record HosterLink(Language Language, string Hoster, Uri Link, Uri Referer, bool IsYtDlp = false);
