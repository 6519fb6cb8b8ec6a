using System.Xml.Linq;

namespace AniWorld.Services.Tests.Metadata;

/// <summary>Reads NFO files as Kodi does, as far as kodi.wiki says ("NFO files/TV shows", "NFO files/Episodes", "Naming video files").</summary>
internal static class KodiReader
{
    /// <summary><c>tvshow.nfo</c> in the show's folder: one root, and a title is required.</summary>
    public static XElement Show(string folder)
    {
        var root = XDocument.Load(Path.Join(folder, "tvshow.nfo")).Root!;
        Assert.Equal("tvshow", root.Name);
        Required(root);
        return root;
    }

    /// <summary>The NFO with the video's name: a block for each episode in the file, each with a title.</summary>
    public static IReadOnlyList<XElement> Episodes(string video)
    {
        var text = File.ReadAllText(Path.ChangeExtension(video, ".nfo"));

        // Whatever follows the last tag is looked at for an address to scrape: nothing may.
        Assert.EndsWith("</episodedetails>", text.TrimEnd(), StringComparison.Ordinal);
        var blocks = XElement.Parse($"<all>{text[(text.IndexOf("?>", StringComparison.Ordinal) + 2)..]}</all>").Elements().ToList();
        Assert.All(blocks, block => Assert.Equal("episodedetails", block.Name));
        blocks.ForEach(Required);
        return blocks;
    }

    private static void Required(XElement block)
    {
        Assert.NotEmpty(block.Element("title")!.Value);
        Assert.Equal("true", Assert.Single(block.Elements("uniqueid"), id => id.Attribute("default") is not null).Attribute("default")!.Value);
    }
}
