using System.Text.RegularExpressions;

namespace AniWorld.SampleSite.Pages;

/// <summary>A page after a redesign: it looks alike to a person, but each name in its markup is another one.</summary>
internal static partial class RedesignedPage
{
    public static string From(string html) => Data().Replace(Names().Replace(html, RenameAll), " data-v2-").Replace("<h4", "<h5").Replace("</h4", "</h5");

    private static string RenameAll(Match attribute)
    {
        var names = attribute.Groups["names"].Value.Split(' ').Select(name => "v2-" + name);
        return $" {attribute.Groups["attribute"].Value}=\"{string.Join(' ', names)}\"";
    }

    [GeneratedRegex(" (?<attribute>class|id|itemprop)=\"(?<names>[^\"]*)\"")]
    private static partial Regex Names();

    [GeneratedRegex(" data-(?=[a-z-]+=\")")]
    private static partial Regex Data();
}
