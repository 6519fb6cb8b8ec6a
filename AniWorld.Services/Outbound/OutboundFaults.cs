using System.Net;
using System.Net.Sockets;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Outbound;

/// <summary>Gives what goes wrong on the network its name.</summary>
public static class OutboundFaults
{
    private static readonly TimeSpan ShortestRetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    /// <summary>The fault that an answer's status means; <see langword="null"/> for 2xx and 304.</summary>
    public static FaultException? OfStatus(HttpResponseMessage response, TimeProvider time)
    {
        var status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotModified)
        {
            return null;
        }

        var host = response.RequestMessage?.RequestUri?.Authority ?? "The server";
        var wait = RetryAfter(response, time);
        return status == 429 || (status == 503 && wait is not null)
            ? new FaultException(FaultCode.RateLimited, $"{host} asks for a break (status {status}); it is left alone until then.") { RetryAfter = wait }
            : new FaultException(FaultCode.Http(status), $"{host} answered with status {status} {Meaning(status)}.");
    }

    /// <summary>The fault that an exception of a request, or of reading its body, means; <see langword="null"/> when it is none of the network's.</summary>
    public static FaultException? Of(Exception exception, Uri uri)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is FaultException fault)
            {
                return fault;
            }
        }

        var host = uri.Authority;
        return exception switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => new(
                FaultCode.Dns, $"The name {uri.Host} cannot be looked up; check the address and this machine's DNS.", exception),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError } => new(
                FaultCode.Refused, $"{host} cannot be connected to; try again later or another hoster.", exception),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => new(
                FaultCode.Tls, $"{host} has no valid certificate; its address or this machine's clock is wrong, or it is not who it says.", exception),
            HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded }
                or HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => Cut(host, exception),
            HttpIOException or HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } => new(
                FaultCode.ProtocolError, $"{host} does not speak HTTP properly; try another hoster.", exception),
            OperationCanceledException => new(FaultCode.Timeout, $"{host} did not answer in time; try again later.", exception),
            HttpRequestException or SocketException => Cut(host, exception),
            IOException { InnerException: SocketException } => Cut(host, exception),
            _ => null,
        };
    }

    private static FaultException Cut(string host, Exception exception) => new(
        FaultCode.Truncated, $"{host} closed the connection before its answer was complete; it is tried again.", exception);

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() : null);
        return wait is { } value
            ? TimeSpan.FromTicks(Math.Clamp(value.Ticks, ShortestRetryAfter.Ticks, LongestRetryAfter.Ticks))
            : null;
    }

    private static string Meaning(int status) => status switch
    {
        401 or 403 => "(no access; the link may have expired)",
        404 or 410 => "(not there; another hoster may have it)",
        >= 500 => "(its own fault; try again later)",
        _ => "(unexpected; try another hoster)",
    };
}
