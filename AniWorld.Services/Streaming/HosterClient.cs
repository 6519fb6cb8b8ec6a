using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using AniWorld.Services.Outbound;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Streaming;

/// <summary>Opens hosters' addresses: reads pages whole, and of media only as much as tells what it is.</summary>
internal sealed class HosterClient(
    OutboundClient outbound, BoundedContent bodies, IOptionsMonitor<AniWorldOptions> options, TimeProvider time)
{
    /// <summary>Largest page of a refusal that is looked at.</summary>
    private const int RefusalBytes = 512 << 10;

    /// <param name="referer">Sent as Referer; <see langword="null"/> for none.</param>
    /// <exception cref="FaultException">
    /// <c>manual_action</c>: a page that wants a person; <c>http_NNN</c>, <c>rate_limited</c> and those of the way out.
    /// </exception>
    public async Task<HosterPage> OpenAsync(Uri address, Uri? referer, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Referrer = referer;
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        using var response = await outbound.SendAsync(request, cancellationToken);
        var final = response.RequestMessage?.RequestUri ?? address;
        if (!response.IsSuccessStatusCode)
        {
            throw await RefusalAsync(final, response, cancellationToken);
        }

        // A redirect to another origin has left the Referer behind; then the media goes without it, too.
        var kept = referer is not null && WebAddress.SameOrigin(address, final) ? referer : null;
        try
        {
            return await ReadAsync(new HosterPage(final, AnswerKind.Other, Referer: kept), response, cancellationToken);
        }
        catch (Exception e) when (e is not (FaultException or OperationCanceledException) && OutboundFaults.Of(e, final) is { } fault)
        {
            throw fault;
        }
    }

    private async Task<HosterPage> ReadAsync(HosterPage page, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var type = response.Content.Headers.ContentType?.MediaType;
        var body = PipeReader.Create(await response.Content.ReadAsStreamAsync(cancellationToken));
        try
        {
            // What comes compressed, though nobody asked for it, can be a page only, and its first bytes tell nothing.
            var isEncoded = response.Content.Headers.ContentEncoding.Count > 0;
            var kind = AnswerKinds.Of(type, isEncoded ? [] : await PeekAsync(body, cancellationToken));
            return kind == AnswerKind.Page
                ? page with { Kind = kind, Html = await ReadPageAsync(response, body, cancellationToken) }
                : page with { Kind = kind };
        }
        finally
        {
            await body.CompleteAsync();
        }
    }

    /// <summary>The first bytes, which stay in <paramref name="body"/> to be read again.</summary>
    private static async Task<byte[]> PeekAsync(PipeReader body, CancellationToken cancellationToken)
    {
        var peeked = (await body.ReadAtLeastAsync(AnswerKinds.HeadSize, cancellationToken)).Buffer;
        var head = peeked.Slice(0, Math.Min(peeked.Length, AnswerKinds.HeadSize)).ToArray();
        body.AdvanceTo(peeked.Start);
        return head;
    }

    private async Task<string> ReadPageAsync(HttpResponseMessage response, PipeReader body, CancellationToken cancellationToken)
    {
        var whole = new StreamContent(body.AsStream());
        foreach (var header in response.Content.Headers)
        {
            whole.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        response.Content = whole;
        return await bodies.ReadTextAsync(response, options.CurrentValue.Limits.PageBytes, cancellationToken);
    }

    private async Task<FaultException> RefusalAsync(Uri address, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var wantsPerson = response.Headers.Contains("cf-mitigated")
            || (response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests
                && Challenge.IsIn(await TextOfRefusalAsync(response, cancellationToken)));
        return wantsPerson ? Challenge.Fault(address) : HttpRefusal.Of(response, time);
    }

    private async Task<string> TextOfRefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await bodies.ReadTextAsync(response, RefusalBytes, cancellationToken);
        }
        catch (FaultException)
        {
            // The status says enough.
            return "";
        }
    }
}
