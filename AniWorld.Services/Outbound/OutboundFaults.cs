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

        var host = response.RequestMessage?.RequestUri?.Authority ?? (object)new Sentence("fault_server");
        var wait = RetryAfter(response, time);
        return status == 429 || (status == 503 && wait is not null)
            ? new FaultException(FaultCode.RateLimited, new Sentence("fault_asks_break", host, status)) { RetryAfter = wait }
            : new FaultException(FaultCode.Http(status), Answered(host, status));
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
                FaultCode.Dns, new Sentence("fault_dns", uri.Host), exception),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError } => new(
                FaultCode.Refused, new Sentence("fault_not_connected", host), exception),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => new(
                FaultCode.Tls, new Sentence("fault_certificate", host), exception),
            HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded }
                or HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => Cut(host, exception),
            HttpIOException or HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } => new(
                FaultCode.ProtocolError, new Sentence("fault_http", host), exception),
            OperationCanceledException => new(FaultCode.Timeout, new Sentence("fault_no_answer", host), exception),
            HttpRequestException or SocketException => Cut(host, exception),
            IOException { InnerException: SocketException } => Cut(host, exception),
            _ => null,
        };
    }

    private static FaultException Cut(string host, Exception exception) => new(
        FaultCode.Truncated, new Sentence("fault_cut", host), exception);

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() : null);
        return wait is { } value
            ? TimeSpan.FromTicks(Math.Clamp(value.Ticks, ShortestRetryAfter.Ticks, LongestRetryAfter.Ticks))
            : null;
    }

    private static Sentence Answered(object host, int status) => status switch
    {
        401 or 403 => new Sentence("fault_status_no_access", host, status),
        404 or 410 => new Sentence("fault_status_not_there", host, status),
        >= 500 => new Sentence("fault_status_own_fault", host, status),
        _ => new Sentence("fault_status_unexpected", host, status),
    };
}
