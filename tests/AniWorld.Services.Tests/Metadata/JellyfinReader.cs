using System.Globalization;
using System.Xml;

namespace AniWorld.Services.Tests.Metadata;

/// <summary>What Jellyfin takes from an episode's NFO.</summary>
/// <param name="LastNumber">Of the last episode in the file; <see langword="null"/> for a single one.</param>
internal sealed record JellyfinEpisode(string? Name, string? SeriesName, int? Season, int? Number, int? LastNumber, Dictionary<string, string> Ids);

/// <summary>
/// Reads NFO files by the rules of Jellyfin's EpisodeNfoParser and BaseNfoParser: the first block is the text up to its closing tag,
/// of further blocks only the number counts, an unknown tag is skipped, and a block that is no valid XML ends the reading without a word.
/// </summary>
internal static class JellyfinReader
{
    private const string End = "</episodedetails>";

    private static readonly XmlReaderSettings Settings = new()
    {
        ValidationType = ValidationType.None,
        CheckCharacters = false,
        IgnoreProcessingInstructions = true,
        IgnoreComments = true,
    };

    public static JellyfinEpisode Episode(string nfo)
    {
        var text = File.ReadAllText(nfo);
        var (first, rest) = Cut(text);
        var (values, ids) = Values(first);
        int? last = null;
        while (rest.Contains(End, StringComparison.OrdinalIgnoreCase))
        {
            (first, rest) = Cut(rest);
            var number = Number(Values(first).Values, "episode");
            last = number is null ? last : Math.Max(number.Value, last ?? number.Value);
        }

        return new(values.GetValueOrDefault("title"), values.GetValueOrDefault("showtitle"), Number(values, "season"), Number(values, "episode"), last, ids);
    }

    public static (Dictionary<string, string> Values, Dictionary<string, string> Ids) Show(string nfo) => Values(File.ReadAllText(nfo));

    private static (string Block, string Others) Cut(string text)
    {
        var end = text.IndexOf(End, StringComparison.OrdinalIgnoreCase) + End.Length;
        return (text[..end], text[end..]);
    }

    private static (Dictionary<string, string> Values, Dictionary<string, string> Ids) Values(string xml)
    {
        var (values, ids) = (new Dictionary<string, string>(), new Dictionary<string, string>());
        using var reader = XmlReader.Create(new StringReader(xml), Settings);
        reader.MoveToContent();
        reader.Read();
        while (!reader.EOF && reader.ReadState == ReadState.Interactive)
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                reader.Read();
            }
            else if (reader.Name == "uniqueid")
            {
                var type = reader.GetAttribute("type")!;
                ids[type] = reader.ReadElementContentAsString();
            }
            else
            {
                var name = reader.Name;
                values[name] = reader.ReadElementContentAsString();
            }
        }

        return (values, ids);
    }

    private static int? Number(Dictionary<string, string> values, string name) =>
        int.TryParse(values.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var number) ? number : null;
}
