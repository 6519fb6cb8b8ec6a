using System.Net;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Catalogue;

/// <summary>What an answer with an error status means.</summary>
internal static class HttpRefusal
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    public static FaultException Of(HttpResponseMessage response, TimeProvider time)
    {
        var host = response.RequestMessage?.RequestUri?.Authority ?? (object)new Sentence("fault_server");
        var status = (int)response.StatusCode;
        return response.StatusCode is HttpStatusCode.TooManyRequests || (status == 503 && response.Headers.RetryAfter is not null)
            ? new FaultException(FaultCode.RateLimited, new Sentence("fault_site_busy", host, status))
            {
                RetryAfter = RetryAfter(response, time),
            }
            : new FaultException(FaultCode.Http(status), status >= 500
                ? new Sentence("fault_site_status_later", host, status)
                : new Sentence("fault_site_status_browser", host, status));
    }

    /// <summary>Within a second and an hour, whatever the server says.</summary>
    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        var wait = response.Headers.RetryAfter?.Delta ?? (response.Headers.RetryAfter?.Date - time.GetUtcNow());
        return wait is not { } asked ? null : asked < ShortestWait ? ShortestWait : asked > LongestWait ? LongestWait : asked;
    }
}
