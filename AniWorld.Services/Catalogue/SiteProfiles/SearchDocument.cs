using System.Net;
using System.Text.Json;

namespace AniWorld.Services.Catalogue.SiteProfiles;

/// <summary>A site's JSON answer to a search as a typed object. Does no I/O.</summary>
/// <param name="answer">As sent; sites send it with all of its characters HTML-escaped, too.</param>
/// <param name="address">Where it came from.</param>
/// <param name="siteName">What the hits call the site.</param>
internal sealed class SearchDocument(string answer, Uri address, SearchFields fields, SiteAddresses site, string siteName)
{
    /// <summary>More hits than anybody reads.</summary>
    public const int MostHits = 200;

    /// <summary>In the site's order; hits that are no series, such as users or help pages, are left out.</summary>
    /// <exception cref="PageLayoutException">The answer is not JSON or has no list of hits.</exception>
    public IReadOnlyList<SearchHit> Hits
    {
        get
        {
            using var json = Parse(answer) ?? Parse(WebUtility.HtmlDecode(answer)) ?? throw new PageLayoutException("fault_layout_json", "search");
            return
            [
                .. Items(json.RootElement).Select(HitOf).OfType<SearchHit>().DistinctBy(hit => hit.Key).Take(MostHits),
            ];
        }
    }

    private static JsonDocument? Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private JsonElement.ArrayEnumerator Items(JsonElement root)
    {
        var list = fields.Items is null ? root : Member(root, fields.Items) ?? default;
        return list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : throw new PageLayoutException("fault_layout_hits", fields.Items ?? "search");
    }

    private SearchHit? HitOf(JsonElement item)
    {
        var link = site.Resolve(fields.LinkBase, Text(item, fields.Link));
        return PlainText.FromMarkup(Text(item, fields.Name)) is { } name
            && link is not null && site.Read(link, address) is { Page: SitePage.Series } read
                ? new SearchHit(
                    read.Key,
                    name,
                    siteName,
                    site.Series(read.Key),
                    Years.First(Text(item, fields.Year)),
                    PlainText.FromMarkup(Text(item, fields.Description)),
                    site.Resolve("/", Text(item, fields.Cover)))
                : null;
    }

    private static string? Text(JsonElement item, string? member) => member is null ? null : Member(item, member) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    /// <param name="path">A member's name, or several with dots between them.</param>
    private static JsonElement? Member(JsonElement item, string path) => path.Split('.').Aggregate(
        (JsonElement?)item,
        (at, name) => at is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var value) ? value : null);
}
