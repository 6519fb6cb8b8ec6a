using AniWorld.Services.Catalogue;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Streaming;

/// <summary>The link leads to a page that plays the video: what the page names in the open is tried, in order.</summary>
internal sealed class EmbedPageResolver(HosterClient hoster, PageParser parser) : IStreamResolver
{
    /// <summary>Frames in frames that are followed.</summary>
    private const int Depth = 2;

    /// <summary>Addresses that are opened for one link.</summary>
    private const int MostOpened = 12;

    public async Task<MediaStream?> ResolveAsync(HosterPage page, CancellationToken cancellationToken = default)
    {
        var walk = new Walk(page.Address);
        var stream = await SearchAsync(page, walk, 0, cancellationToken);
        return stream is null && walk.Fault is { } fault ? throw fault : stream;
    }

    private async Task<MediaStream?> SearchAsync(HosterPage page, Walk walk, int depth, CancellationToken cancellationToken)
    {
        if (page.Html is null || depth > Depth)
        {
            return page.Media;
        }

        using var document = await parser.ParseAsync(page.Html, page.Address, cancellationToken);
        var embed = new EmbedDocument(document, page.Address);
        foreach (var address in embed.Media.Concat(embed.Frames).Where(walk.IsNew))
        {
            if (await TryOpenAsync(address, page.Address, walk, cancellationToken) is { } found
                && await SearchAsync(found, walk, depth + 1, cancellationToken) is { } stream)
            {
                return stream;
            }
        }

        if (Challenge.IsIn(page.Html))
        {
            walk.Fault = Challenge.Fault(page.Address);
        }

        return null;
    }

    /// <summary>A dead address is no reason not to try the next one; the first fault is kept for when none is left.</summary>
    private async Task<HosterPage?> TryOpenAsync(Uri address, Uri page, Walk walk, CancellationToken cancellationToken)
    {
        try
        {
            return await hoster.OpenAsync(address, RefererFor(address, page), cancellationToken);
        }
        catch (FaultException fault)
        {
            walk.Fault ??= fault;
            return null;
        }
    }

    /// <summary>As browsers do (strict-origin-when-cross-origin): another origin learns the page's host, not its path.</summary>
    private static Uri RefererFor(Uri address, Uri page) => WebAddress.SameOrigin(address, page) ? page : new Uri(page, "/");

    /// <summary>What one link has cost so far.</summary>
    private sealed class Walk(Uri first)
    {
        private readonly HashSet<Uri> _opened = [first];

        public FaultException? Fault { get; set; }

        public bool IsNew(Uri address) => _opened.Count <= MostOpened && _opened.Add(address);
    }
}
