using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AniWorld.Services.Catalogue;

namespace AniWorld.Services.Streaming;

/// <summary>What a page that plays a video says about it in the open. Does no I/O, de-obfuscates nothing.</summary>
internal sealed class EmbedDocument(IHtmlDocument document, Uri address)
{
    /// <summary>Scripts hold many addresses; more than these are not the video.</summary>
    private const int MostFromScripts = 8;

    private static readonly string[] OpenGraph = ["og:video:secure_url", "og:video", "og:video:url"];

    /// <summary>Addresses that may be the video, the surest first.</summary>
    public IEnumerable<Uri> Media => Resolve(
    [
        .. Attributes("video[src]", "src"),
        .. Attributes("video source[src]", "src"),
        .. OpenGraph.SelectMany(property => Attributes($"meta[property='{property}'], meta[name='{property}']", "content")),
        .. LinkedData("contentUrl"),
        .. FromScripts(),
    ]);

    /// <summary>Pages within the page that may play the video.</summary>
    public IEnumerable<Uri> Frames => Resolve([.. Attributes("iframe[src]", "src"), .. LinkedData("embedUrl")]);

    private IEnumerable<Uri> Resolve(IEnumerable<string> references)
    {
        var from = WebAddress.Resolve(address, document.QuerySelector("base[href]")?.GetAttribute("href")) ?? address;
        return references.Select(reference => WebAddress.Resolve(from, reference)).OfType<Uri>().Distinct();
    }

    private IEnumerable<string> Attributes(string selector, string attribute) =>
        document.QuerySelectorAll(selector).Select(element => element.GetAttribute(attribute)).OfType<string>();

    /// <summary>A member of the page's <c>VideoObject</c>s (https://schema.org/VideoObject).</summary>
    private IEnumerable<string> LinkedData(string member) =>
        document.QuerySelectorAll("script[type='application/ld+json']").SelectMany(script => VideoMembers(script.TextContent, member));

    private static List<string> VideoMembers(string json, string member)
    {
        try
        {
            using var data = JsonDocument.Parse(json);
            return [.. Objects(data.RootElement).Where(IsVideo).Select(video => TextOf(video, member)).OfType<string>()];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>All objects, however deep; the parser allows 64 levels.</summary>
    private static IEnumerable<JsonElement> Objects(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Objects),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Objects(member.Value)).Prepend(element),
        _ => [],
    };

    private static bool IsVideo(JsonElement item) => item.TryGetProperty("@type", out var type) && type.ValueKind switch
    {
        JsonValueKind.String => type.ValueEquals("VideoObject"),
        JsonValueKind.Array => type.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.ValueEquals("VideoObject")),
        _ => false,
    };

    private static string? TextOf(JsonElement item, string member) =>
        item.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Quoted addresses of playlists and MP4 files that stand in a script as they are, or as JSON writes them.</summary>
    private IEnumerable<string> FromScripts() => document.QuerySelectorAll("script:not([src])")
        .Select(script => script.TextContent.Replace("\\/", "/", StringComparison.Ordinal).Replace("\\u0026", "&", StringComparison.Ordinal))
        .SelectMany(text => QuotedMedia.Matches(text).Select(match => match.Groups[1].Value))
        .Distinct()
        .Take(MostFromScripts);

    private static readonly Regex QuotedMedia = new(
        """["'`]([^"'`\s<>\\]+\.(?:m3u8|mp4)(?:\?[^"'`\s<>\\]*)?)["'`]""",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
}
