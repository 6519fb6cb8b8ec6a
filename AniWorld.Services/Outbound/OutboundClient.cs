using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Outbound;

/// <summary>The one way out: every request to an address that comes from remote data is sent here.</summary>
/// <remarks>
/// Http and https only, to public addresses or to <c>network.allow_private_hosts</c>, checked on the address connected to, for each
/// hop. Follows up to 10 redirects itself; Referer, Cookie and Authorization stay with the origin they were set for.
/// </remarks>
public sealed class OutboundClient
{
    private readonly IHttpClientFactory _clients;
    private readonly AddressGate _gate;
    private readonly IOptionsMonitor<AniWorldOptions> _options;
    private readonly TimeProvider _time;

    internal OutboundClient(IHttpClientFactory clients, AddressGate gate, IOptionsMonitor<AniWorldOptions> options, TimeProvider time) =>
        (_clients, _gate, _options, _time) = (clients, gate, options, time);

    /// <summary>Sends and returns with the headers; the body is read by the caller, with a limit: see <see cref="BoundedContent"/>.</summary>
    /// <param name="request">Its <c>RequestUri</c> is absolute. Bodies come as sent (no decompression).</param>
    /// <returns>Any status but a redirect; <c>RequestMessage.RequestUri</c> is the address that answered.</returns>
    /// <exception cref="FaultException">
    /// <c>blocked_scheme</c>, <c>blocked_address</c>, <c>too_many_redirects</c>, <c>protocol_error</c> (https → http), <c>dns</c>,
    /// <c>refused</c>, <c>tls</c>, <c>timeout</c> (connect 10 s, headers 30 s).
    /// </exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken = default)
    {
        var first = request.RequestUri ?? throw new ArgumentException("The request has no address.", nameof(request));
        var limit = _options.CurrentValue.Limits.Redirects;
        for (var hop = 0; ; hop++)
        {
            var response = await SendOnceAsync(request, cancellationToken);
            if (Redirection.TargetOf(response) is not { } target)
            {
                return response;
            }

            var status = response.StatusCode;
            response.Dispose();
            if (hop == limit)
            {
                throw new FaultException(
                    FaultCode.TooManyRedirects, new Sentence("fault_redirects", first.Authority, limit));
            }

            request = Redirection.Follow(request, first, target, status);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var uri = request.RequestUri!;
        using var headers = new CancellationTokenSource(TimeSpan.FromSeconds(_options.CurrentValue.Limits.HeaderSeconds), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, headers.Token);
        try
        {
            await _gate.CheckAsync(uri, either.Token);
            var client = _clients.CreateClient(nameof(OutboundClient));
            var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return RefuseTwoLengths(response);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && OutboundFaults.Of(e, uri) is { } fault)
        {
            throw ReferenceEquals(fault, e) ? fault : new FaultException(fault.Code, fault.Sentence, e);
        }
    }

    /// <summary>HttpClient takes the first of two different lengths; what the body then is, nobody knows.</summary>
    private static HttpResponseMessage RefuseTwoLengths(HttpResponseMessage response)
    {
        if (response.Content.Headers.NonValidated.TryGetValues("Content-Length", out var lengths) && lengths.Distinct().Count() > 1)
        {
            response.Dispose();
            throw new FaultException(
                FaultCode.ProtocolError, new Sentence("fault_two_lengths", response.RequestMessage?.RequestUri?.Authority));
        }

        return response;
    }
}
