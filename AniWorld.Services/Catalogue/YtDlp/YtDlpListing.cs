using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AniWorld.Services.Catalogue.YtDlp;

/// <summary>What <c>yt-dlp --flat-playlist</c> says of an address, as a typed object. Does no I/O, so a saved answer is a whole test.</summary>
internal sealed partial class YtDlpListing(JsonElement root, Uri address)
{
    public const int MostVideos = 2_000;

    private const int MostNumber = 9_999;

    /// <summary>The name of a list or a video; a host's where there is none.</summary>
    public string Title => PlainText.Clean(Text(root, "title")) ?? PlainText.Clean(Text(root, "channel")) ?? address.Host;

    public string? Description => PlainText.Clean(Text(root, "description"));

    /// <summary>The last of the pictures that are named, which is the largest.</summary>
    public Uri? Cover => WebAddress.Resolve(address, Text(root, "thumbnail"))
        ?? Items(root, "thumbnails").Select(picture => WebAddress.Resolve(address, Text(picture, "url"))).LastOrDefault(found => found is not null);

    /// <summary>The lists within this one, such as a channel's playlists; those that are only named have no videos yet.</summary>
    public IReadOnlyList<YtDlpListing> Lists =>
    [
        .. Items(root, "entries").Where(IsList).Select(entry => (Entry: entry, Link: LinkOf(entry)))
            .Select(list => new YtDlpListing(list.Entry, list.Link ?? address)),
    ];

    public Uri Address => address;

    /// <summary>Whether its videos are in this answer.</summary>
    public bool IsWhole => root.TryGetProperty("entries", out _);

    /// <summary>
    /// By number. The titles' own numbers count when each video has one and no two the same; else they are counted, oldest first
    /// where a channel lists the newest first, so that a new one moves none of the others.
    /// </summary>
    public IReadOnlyList<YtDlpVideo> Videos
    {
        get
        {
            var entries = IsWhole ? Items(root, "entries").Where(entry => !IsList(entry)).Take(MostVideos).ToList() : [root];
            if (IsNewestFirst)
            {
                entries.Reverse();
            }

            var titles = entries.Select(entry => PlainText.Clean(Text(entry, "title"))).ToList();
            var numbers = titles.Select(NumberIn).ToList();
            var isNumbered = entries.Count > 1 && numbers.TrueForAll(number => number is > 0 and <= MostNumber) && numbers.Distinct().Count() == numbers.Count;
            return
            [
                .. entries.Select((entry, place) => new YtDlpVideo(
                    isNumbered ? numbers[place]!.Value : place + 1, titles[place], LinkOf(entry), HosterOf(entry)))
                    .OrderBy(video => video.Number),
            ];
        }
    }

    private bool IsNewestFirst =>
        Text(root, "id")?.StartsWith("UU", StringComparison.Ordinal) is true
        || (Text(root, "webpage_url") ?? address.AbsolutePath).TrimEnd('/').Split('/')[^1] is "videos" or "shorts" or "streams";

    private static bool IsList(JsonElement entry) =>
        Text(entry, "_type") is "playlist" or "multi_video"
        || (Text(entry, "_type") is "url" or "url_transparent" && Text(entry, "ie_key") is { } reader
            && Array.Exists(["Tab", "Playlist", "Channel", "Series", "Season", "Show"], end => reader.EndsWith(end, StringComparison.Ordinal)));

    /// <summary>The video's page, or the address itself for a single video; <see langword="null"/> for one that is private or gone.</summary>
    private Uri? LinkOf(JsonElement entry)
    {
        if (Text(entry, "title") is "[Private video]" or "[Deleted video]")
        {
            return null;
        }

        return WebAddress.Resolve(address, Text(entry, "webpage_url")) ?? WebAddress.Resolve(address, Text(entry, "url")) ?? (entry.Equals(root) ? address : null);
    }

    private static string HosterOf(JsonElement entry) =>
        (Text(entry, "ie_key") ?? Text(entry, "extractor_key"))?.ToLowerInvariant() is { Length: > 0 and < 50 } reader ? reader : "yt-dlp";

    /// <summary>As in <c>S01E05</c>, <c>Episode 5</c>, <c>Folge 5</c>, <c>Ep. 5</c>, <c>#5</c>, <c>第5話</c>.</summary>
    private static int? NumberIn(string? title) => title is not null && Number().Match(title) is { Success: true } match
        && int.TryParse(match.Groups.Values.Skip(1).First(group => group.Success).Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
            : [];

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"\bS[0-9]{1,2} ?E([0-9]{1,4})\b|\b(?:Episode|Folge|Ep\.?|Teil|Part) ?#?([0-9]{1,4})\b|#([0-9]{1,4})\b|第([0-9]{1,4})話", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}

/// <summary>One video of a list.</summary>
/// <param name="Link">Its page; <see langword="null"/> when it cannot be had.</param>
/// <param name="Hoster">What yt-dlp calls the site, in small letters.</param>
internal sealed record YtDlpVideo(int Number, string? Title, Uri? Link, string Hoster);
