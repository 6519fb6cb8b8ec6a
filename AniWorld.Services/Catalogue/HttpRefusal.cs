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
        var host = response.RequestMessage?.RequestUri?.Authority ?? "The server";
        var status = (int)response.StatusCode;
        return response.StatusCode is HttpStatusCode.TooManyRequests || (status == 503 && response.Headers.RetryAfter is not null)
            ? new FaultException(FaultCode.RateLimited, $"{host} has had enough requests for now ({status}); it is asked again later.")
            {
                RetryAfter = RetryAfter(response, time),
            }
            : new FaultException(FaultCode.Http(status), $"{host} answered with status {status}; {WayOut(status)}");
    }

    private static string WayOut(int status) => status >= 500 ? "try again later." : "open the address in a browser to see why.";

    /// <summary>Within a second and an hour, whatever the server says.</summary>
    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        var wait = response.Headers.RetryAfter?.Delta ?? (response.Headers.RetryAfter?.Date - time.GetUtcNow());
        return wait is not { } asked ? null : asked < ShortestWait ? ShortestWait : asked > LongestWait ? LongestWait : asked;
    }
}
