namespace AniWorld.Blazor.Auth;

/// <summary>Which site a browser says that it sends a request for.</summary>
internal enum RequestOrigin
{
    /// <summary>This server's own pages.</summary>
    Own,

    Foreign,

    /// <summary>Nothing is said, as by programs that are no browser.</summary>
    Unsaid,
}

internal static class RequestOrigins
{
    /// <remarks>
    /// The name is compared with <c>Host</c>. The scheme is compared only where the request itself came by https: behind a proxy that
    /// is not listed as known, AniWorld sees http while the browser is on https.
    /// </remarks>
    public static RequestOrigin Origin(this HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && origin != "null")
        {
            return IsOwn(request, origin) ? RequestOrigin.Own : RequestOrigin.Foreign;
        }

        // "null" also comes from own pages when a referrer policy hides where they are.
        return request.Headers["Sec-Fetch-Site"].ToString() switch
        {
            "same-origin" or "none" => RequestOrigin.Own,
            "" when origin.Length == 0 => RequestOrigin.Unsaid,
            _ => RequestOrigin.Foreign,
        };
    }

    private static bool IsOwn(HttpRequest request, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && !request.IsHttps))
        && uri.Host.Equals(request.Host.Host, StringComparison.OrdinalIgnoreCase)
        && (request.Host.Port is { } port ? uri.Port == port : uri.IsDefaultPort);
}
