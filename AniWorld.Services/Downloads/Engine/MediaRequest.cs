using System.Net.Http.Headers;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>Requests for media: as it is, not compressed.</summary>
internal static class MediaRequest
{
    /// <param name="from">First byte wanted; <see langword="null"/> for the whole file.</param>
    /// <param name="end">The byte after the last wanted; <see langword="null"/> for all that follow.</param>
    /// <param name="ifRange">Validator of the bytes that are there.</param>
    public static HttpRequestMessage Get(Uri uri, Uri? referer, long? from = null, long? end = null, string? ifRange = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.AcceptEncoding.Add(new("identity"));
        request.Headers.Referrer = referer;
        if (from is not null)
        {
            request.Headers.Range = new RangeHeaderValue(from, end - 1);
            if (ifRange is not null)
            {
                request.Headers.TryAddWithoutValidation("If-Range", ifRange);
            }
        }

        return request;
    }
}
