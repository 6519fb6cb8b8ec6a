using System.Text;
using System.Xml;
using System.Xml.Linq;
using AniWorld.Data.Library;
using AniWorld.Services.Library;

namespace AniWorld.Services.Metadata;

/// <summary>What the NFO files of a series say, in the tags that Kodi and Jellyfin both read.</summary>
/// <remarks>Sources: kodi.wiki, "NFO files/TV shows" and "NFO files/Episodes"; Jellyfin's SeriesNfoParser and EpisodeNfoParser.</remarks>
internal static class NfoText
{
    private static readonly XmlWriterSettings Form = new()
    {
        Indent = true,
        OmitXmlDeclaration = true,
        ConformanceLevel = ConformanceLevel.Fragment,
        NewLineChars = "\n",
    };

    /// <summary><c>tvshow.nfo</c>.</summary>
    public static string Of(AnimeSeries series) => Text(
        new XElement(
            "tvshow",
            Element("title", series.Name),
            Element("plot", series.Description),
            Element("year", series.Year),
            Id(series, series.Key)));

    /// <summary>The NFO beside an episode's file. Of a double episode, one block after the other: both programs take the file to hold them all.</summary>
    /// <param name="titleLanguage">Of the text, such as <c>de</c>; where a title lacks it, any other.</param>
    public static string Of(AnimeSeries series, IEnumerable<Episode> episodes, string titleLanguage) => Text(
    [
        .. episodes.OrderBy(e => e.Season).ThenBy(e => e.Number).Select(episode => new XElement(
            "episodedetails",
            Element("title", EpisodeTitle.Of(episode, titleLanguage) is { Length: > 0 } title ? title : Untitled(episode)),
            Element("showtitle", series.Name),
            Element("season", episode.Season),
            Element("episode", episode.Number),
            Id(series, $"{series.Key}-{new EpisodeNumber(episode.Season, episode.Number)}".ToLowerInvariant()))),
    ]);

    // Without a title Kodi ignores the whole file.
    private static string Untitled(Episode episode) => episode.Season == 0 ? $"Film {episode.Number}" : $"Episode {episode.Number}";

    private static XElement? Element(string name, object? value) =>
        value is null or "" ? null : new XElement(name, value is string text ? WellFormed(text) : value);

    private static XElement Id(AnimeSeries series, string id) =>
        new("uniqueid", new XAttribute("type", series.Provider), new XAttribute("default", "true"), id);

    /// <summary>Catalogues' texts may hold anything; XML may not.</summary>
    private static string WellFormed(string text) => string.Concat(text.EnumerateRunes()
        .Where(rune => !rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value))
        .Select(rune => rune.ToString()));

    private static string Text(params XElement[] blocks)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, Form))
        {
            foreach (var block in blocks)
            {
                block.WriteTo(writer);
            }
        }

        return text.Append('\n').ToString();
    }
}
