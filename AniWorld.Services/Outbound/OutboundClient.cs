namespace AniWorld.Services.Outbound;

/// <summary>The one way out: every request to an address that comes from remote data is sent here.</summary>
/// <remarks>
/// Http and https only, to public addresses or to <c>network.allow_private_hosts</c>, checked on the address connected to, for each
/// hop. Follows up to 10 redirects itself; Referer, Cookie and Authorization stay with the origin they were set for.
/// </remarks>
public sealed class OutboundClient(IHttpClientFactory clients)
{
    /// <summary>Sends and returns with the headers; the body is read by the caller.</summary>
    /// <param name="request">Its <c>RequestUri</c> is absolute. Bodies come as sent (no decompression).</param>
    /// <returns>Any status but a redirect; <c>RequestMessage.RequestUri</c> is the address that answered.</returns>
    /// <exception cref="Faults.FaultException">
    /// <c>blocked_scheme</c>, <c>blocked_address</c>, <c>too_many_redirects</c>, <c>protocol_error</c> (https → http), <c>dns</c>,
    /// <c>refused</c>, <c>tls</c>, <c>timeout</c> (connect 10 s, headers 30 s).
    /// </exception>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken = default) =>
        clients.CreateClient(nameof(OutboundClient)).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
}
