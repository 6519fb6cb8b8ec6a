using System.Net;
using AniWorld.Services.Faults;
using AniWorld.Services.Outbound;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>What an answer to a request for bytes really is; HttpClient believes any.</summary>
internal sealed class RangeAnswer(HttpResponseMessage response, Validators file, long from, long? end, bool isRange) : IDisposable
{
    /// <summary>The file it is a part of.</summary>
    public Validators File => file;

    /// <summary>First byte of the body.</summary>
    public long From => from;

    /// <summary>The byte after the last; <see langword="null"/> when the server does not say.</summary>
    public long? End => end;

    /// <summary>Whether the server can give ranges; if not this is the whole file.</summary>
    public bool IsRange => isRange;

    public HttpResponseMessage Response => response;

    /// <summary>What it came over, when that goes with it.</summary>
    public HostConnection? Connection { get; set; }

    /// <summary>The body, once it was begun.</summary>
    public BodyReader? Body { get; set; }

    /// <summary>What was read of the body to look at it.</summary>
    public ReadOnlyMemory<byte> Head { get; set; }

    public string Host => response.RequestMessage?.RequestUri?.Authority ?? "the server";

    /// <param name="from">The first byte asked for; <see langword="null"/> when no range was.</param>
    /// <param name="end">The end asked for.</param>
    /// <param name="expected">The file that the bytes on disk are of.</param>
    /// <returns><see langword="null"/> when the server answers a range with nonsense, so that it is to be asked without.</returns>
    /// <exception cref="FaultException"><c>changed_upstream</c>, <c>protocol_error</c> or what its status means.</exception>
    public static RangeAnswer? Judge(HttpResponseMessage response, long? from, long? end, Validators? expected, TimeProvider time)
    {
        var host = response.RequestMessage?.RequestUri?.Authority ?? "The server";
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && from is not null)
        {
            return expected is null ? null : throw Changed(host);
        }

        if (OutboundFaults.OfStatus(response, time) is { } fault)
        {
            throw fault;
        }

        if (response.Content.Headers.ContentEncoding.Any(encoding => encoding != "identity"))
        {
            throw new FaultException(FaultCode.ProtocolError, new Sentence("fault_compresses", host));
        }

        return response.StatusCode switch
        {
            HttpStatusCode.OK => Whole(response),
            HttpStatusCode.PartialContent when from is not null => Part(response, host, from.Value, end, expected),
            _ => throw new FaultException(
                FaultCode.ProtocolError, new Sentence("fault_status_no_video", host, (int)response.StatusCode)),
        };
    }

    public static FaultException Changed(string host) => new(
        FaultCode.ChangedUpstream, new Sentence("fault_changed", host));

    public void Dispose()
    {
        Body?.Dispose();
        response.Dispose();
        Connection?.Dispose();
    }

    private static RangeAnswer Whole(HttpResponseMessage response)
    {
        var length = response.Content.Headers.ContentLength;
        return new(response, Validators.Of(response, length), 0, length, isRange: false);
    }

    private static RangeAnswer? Part(HttpResponseMessage response, string host, long from, long? end, Validators? expected)
    {
        var range = response.Content.Headers.ContentRange;
        var isAsked = range is { Unit: "bytes", Length: { } total, From: { } first, To: { } last }
            && first == from && last < total && last >= first && (end is null || last < end)
            && (response.Content.Headers.ContentLength is not { } length || length == last - first + 1);
        if (!isAsked)
        {
            return expected is null ? null : throw Changed(host);
        }

        var file = Validators.Of(response, range!.Length);
        return expected is null || expected.Fits(file)
            ? new(response, file, from, range.To + 1, isRange: true)
            : throw Changed(host);
    }
}
