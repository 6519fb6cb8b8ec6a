using System.Text;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Outbound;

/// <summary>Reads a body whole, within a limit that counts decoded bytes: pages, JSON, playlists, keys, covers.</summary>
/// <remarks>Decodes gzip, br and deflate; a request may ask for them with <see cref="AcceptEncoding"/>.</remarks>
public sealed class BoundedContent(IOptionsMonitor<AniWorldOptions> options, TimeProvider time)
{
    /// <summary>The value of <c>Accept-Encoding</c> that this reader understands.</summary>
    public const string AcceptEncoding = "gzip, br";

    /// <param name="limit">In bytes, after decoding.</param>
    /// <exception cref="FaultException">
    /// <c>too_large</c>; <c>truncated</c>: cut short, as far as that can be seen; <c>stalled</c>: no byte for <c>downloads.stall_seconds</c>;
    /// <c>protocol_error</c>: encoded in a way that was not asked for, or wrongly.
    /// </exception>
    public async Task<byte[]> ReadAsync(HttpResponseMessage response, int limit, CancellationToken cancellationToken = default)
    {
        var host = response.RequestMessage?.RequestUri?.Authority ?? "the server";
        if (response.Content.Headers.ContentLength > limit)
        {
            throw TooLarge(host, limit);
        }

        var body = await ReceiveAsync(response, host, limit, cancellationToken);
        return ContentDecoder.Decode(body, response.Content.Headers.ContentEncoding, limit) switch
        {
            { Outcome: DecodeOutcome.Complete } decoded => decoded.Bytes,
            { Outcome: DecodeOutcome.TooLarge } => throw TooLarge(host, limit),
            { Outcome: DecodeOutcome.Truncated } => throw new FaultException(
                FaultCode.Truncated, new Sentence("fault_answer_cut", host)),
            _ => throw new FaultException(FaultCode.ProtocolError, new Sentence("fault_encoding", host)),
        };
    }

    /// <summary>The same as text, by the charset of <c>Content-Type</c>, else UTF-8.</summary>
    public async Task<string> ReadTextAsync(HttpResponseMessage response, int limit, CancellationToken cancellationToken = default)
    {
        var bytes = await ReadAsync(response, limit, cancellationToken);
        using var reader = new StreamReader(new MemoryStream(bytes), EncodingOf(response), detectEncodingFromByteOrderMarks: true);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    private async Task<ReadOnlyMemory<byte>> ReceiveAsync(
        HttpResponseMessage response, string host, int limit, CancellationToken cancellationToken)
    {
        var stall = TimeSpan.FromSeconds(options.CurrentValue.Downloads.StallSeconds);
        using var patience = new StallWatch(stall, time, cancellationToken);
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            await using var _ = stream;
            var body = new MemoryStream();
            var buffer = new byte[16 << 10];
            while (await patience.ReadAsync(stream, buffer, host) is > 0 and var count)
            {
                body.Write(buffer, 0, count);
                if (body.Length > limit)
                {
                    throw TooLarge(host, limit);
                }
            }

            return body.GetBuffer().AsMemory(0, (int)body.Length);
        }
        catch (Exception e) when (
            e is not (FaultException or OperationCanceledException) && OutboundFaults.Of(e, response.RequestMessage!.RequestUri!) is { } fault)
        {
            throw fault;
        }
    }

    private static Encoding EncodingOf(HttpResponseMessage response)
    {
        try
        {
            return response.Content.Headers.ContentType?.CharSet?.Trim('"') is { Length: > 0 } name ? Encoding.GetEncoding(name) : Encoding.UTF8;
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8;
        }
    }

    private static FaultException TooLarge(string host, int limit) =>
        new(FaultCode.TooLarge, new Sentence("fault_answer_large", host, limit));
}
