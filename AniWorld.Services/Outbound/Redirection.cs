using System.Net;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Outbound;

/// <summary>What a redirect leads to and what of a request goes there.</summary>
internal static class Redirection
{
    /// <summary>What another origin may see. Anything else (Referer, Cookie, Authorization, tokens of any name) stays behind.</summary>
    private static readonly HashSet<string> Harmless = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept", "Accept-Encoding", "Accept-Language", "User-Agent", "Range", "If-Range", "If-None-Match", "If-Modified-Since", "Cache-Control",
    };

    /// <returns><see langword="null"/> when the answer is no redirect.</returns>
    /// <exception cref="FaultException"><c>protocol_error</c>: a redirect without a usable target, or from https to http.</exception>
    public static Uri? TargetOf(HttpResponseMessage response)
    {
        if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
        {
            return null;
        }

        var from = response.RequestMessage!.RequestUri!;
        // As text: the parsed header would make file:///x of /x.
        var location = response.Headers.NonValidated.TryGetValues("Location", out var values) ? values.FirstOrDefault() : null;
        if (string.IsNullOrWhiteSpace(location) || !Uri.TryCreate(from, location.Trim(), out var target))
        {
            response.Dispose();
            throw new FaultException(FaultCode.ProtocolError, new Sentence("fault_redirects_nowhere", from.Authority));
        }

        if (from.Scheme == Uri.UriSchemeHttps && target.Scheme == Uri.UriSchemeHttp)
        {
            response.Dispose();
            throw new FaultException(
                FaultCode.ProtocolError, new Sentence("fault_redirects_to_http", from.Authority));
        }

        return target;
    }

    /// <summary>The next request. <paramref name="first"/> is the address that the caller's headers were set for.</summary>
    public static HttpRequestMessage Follow(HttpRequestMessage request, Uri first, Uri target, HttpStatusCode status)
    {
        var toGet = status == HttpStatusCode.SeeOther
            ? request.Method != HttpMethod.Head
            : request.Method == HttpMethod.Post && status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found;
        var sameOrigin = SameOrigin(first, target);
        var next = new HttpRequestMessage(toGet ? HttpMethod.Get : request.Method, target)
        {
            Content = toGet || !sameOrigin ? null : request.Content,
            Version = request.Version,
            VersionPolicy = request.VersionPolicy,
        };
        foreach (var (name, values) in Origin(request).Headers.NonValidated)
        {
            if (!name.Equals("Host", StringComparison.OrdinalIgnoreCase) && (sameOrigin || Harmless.Contains(name)))
            {
                next.Headers.TryAddWithoutValidation(name, values);
            }
        }

        next.Options.Set(FirstRequest, Origin(request));
        return next;
    }

    public static bool SameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && one.IdnHost.Equals(other.IdnHost, StringComparison.OrdinalIgnoreCase);

    private static readonly HttpRequestOptionsKey<HttpRequestMessage> FirstRequest = new("AniWorld.FirstRequest");

    private static HttpRequestMessage Origin(HttpRequestMessage request) =>
        request.Options.TryGetValue(FirstRequest, out var first) ? first : request;
}
