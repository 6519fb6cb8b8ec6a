using AniWorld.Services.Catalogue;
using AniWorld.Services.Catalogue.YtDlp;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Streaming;

/// <summary>From a hoster's link to the media stream behind it. Opens the link once; the resolvers share the answer.</summary>
public sealed class StreamResolverChain
{
    /// <summary>For one link, with all the pages it leads to.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HosterClient _hoster;
    private readonly IReadOnlyList<IStreamResolver> _resolvers;
    private readonly TimeProvider _time;

    internal StreamResolverChain(HosterClient hoster, IEnumerable<IStreamResolver> resolvers, TimeProvider time) =>
        (_hoster, _resolvers, _time) = (hoster, [.. resolvers], time);

    /// <exception cref="FaultException">
    /// <c>no_stream</c>: a page without a stream in the open; <c>manual_action</c>: a captcha or browser check; <c>not_media</c>: neither
    /// page nor video; <c>http_NNN</c>, <c>rate_limited</c>, <c>timeout</c> and those of <see cref="Outbound.OutboundClient"/>.
    /// </exception>
    public async Task<MediaStream> ResolveAsync(HosterLink link, CancellationToken cancellationToken = default)
    {
        using var limit = new CancellationTokenSource(Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await ResolveAnyAsync(link, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FaultException(
                FaultCode.Timeout, new Sentence("fault_resolve_slow", link.Hoster, Patience.TotalSeconds));
        }
    }

    private async Task<MediaStream> ResolveAnyAsync(HosterLink link, CancellationToken cancellationToken)
    {
        if (link.IsYtDlp)
        {
            return await TryAllAsync(_resolvers.OfType<YtDlpResolver>(), new HosterPage(link.Link, AnswerKind.Page), cancellationToken)
                ?? throw YtDlpTool.Missing();
        }

        var referer = WebAddress.SameOrigin(link.Link, link.Referer) ? link.Referer : null;
        var page = await _hoster.OpenAsync(link.Link, referer, cancellationToken);
        if (await TryAllAsync(_resolvers, page, cancellationToken) is { } stream)
        {
            return stream;
        }

        throw page.Kind == AnswerKind.Page
            ? new FaultException(
                FaultCode.NoStream, new Sentence("fault_page_no_stream", link.Hoster, page.Address.Authority))
            : new FaultException(
                FaultCode.NotMedia, new Sentence("fault_neither_page_nor_video", link.Hoster, page.Address.Authority));
    }

    /// <summary>A resolver that fails leaves it to those after it; what the first one said counts when none finds anything.</summary>
    private static async Task<MediaStream?> TryAllAsync(IEnumerable<IStreamResolver> resolvers, HosterPage page, CancellationToken cancellationToken)
    {
        FaultException? first = null;
        foreach (var resolver in resolvers)
        {
            try
            {
                if (await resolver.ResolveAsync(page, cancellationToken) is { } stream)
                {
                    return stream;
                }
            }
            catch (FaultException fault) when (fault.Code is not FaultCode.ManualAction)
            {
                first ??= fault;
            }
        }

        return first is null ? null : throw first;
    }
}
