using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using AniWorld.Services.Downloads.Engine.Containers;
using AniWorld.Services.Faults;
using AniWorld.Services.Outbound;
using AniWorld.Services.Streaming;
using Polly;

namespace AniWorld.Services.Downloads.Engine.Hls;

/// <summary>Fetches segments, keys and initialisations, and undoes AES-128.</summary>
internal sealed class SegmentSource
{
    /// <summary>A segment is held in memory, so it has to end somewhere.</summary>
    public const int LargestSegment = 128 << 20;

    private const int LargestMap = 8 << 20;
    private const int KeyBytes = 16;

    private readonly OutboundClient _outbound;
    private readonly MediaTrack _track;
    private readonly MediaDownloadOptions _options;
    private readonly TransferTally _tally;
    private readonly TransferShare _share;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _retry;
    private readonly ConcurrentDictionary<Uri, Lazy<Task<byte[]>>> _keys = new();

    public SegmentSource(OutboundClient outbound, MediaTrack track, MediaDownloadOptions options, TransferTally tally, TransferShare share, TimeProvider time)
    {
        (_outbound, _track, _options, _tally, _share, _time) = (outbound, track, options, tally, share, time);
        _retry = TransferRetry.Create(
            options, time, fault => TransferRetry.IsPassing(fault) || IsMissing(fault) || fault.Code is FaultCode.NotMedia or FaultCode.BadKey);
    }

    /// <param name="number">Counted from 1, for messages.</param>
    /// <exception cref="FaultException"><c>segment_missing</c>, <c>not_media</c>, <c>bad_key</c> and those of the network.</exception>
    public async Task<byte[]> FetchSegmentAsync(HlsSegment segment, int number, int count, CancellationToken cancellationToken)
    {
        try
        {
            return await _retry.ExecuteAsync(
                async token =>
                {
                    var bytes = await FetchAsync(segment.Uri, segment.Range, LargestSegment, token);
                    var clear = await DecryptAsync(bytes, segment.Key, segment.Sequence, token);
                    return ContainerSniffer.IsSegment(clear) ? clear : throw ContainerCheck.NotMedia($"{segment.Uri.Authority} sends", clear);
                },
                cancellationToken);
        }
        catch (FaultException e) when (IsMissing(e))
        {
            throw new FaultException(
                FaultCode.SegmentMissing, $"{number} of {count} cannot be had at {segment.Uri.Authority}; try another hoster.", e);
        }
    }

    public async Task<byte[]> FetchMapAsync(HlsMap map, CancellationToken cancellationToken) => await _retry.ExecuteAsync(
        async token =>
        {
            var bytes = await FetchAsync(map.Uri, map.Range, LargestMap, token);
            var clear = await DecryptAsync(bytes, map.Key, 0, token);
            return ContainerSniffer.IsSegment(clear) ? clear : throw ContainerCheck.NotMedia($"{map.Uri.Authority} sends", clear);
        },
        cancellationToken);

    private static bool IsMissing(FaultException fault) => fault.Code == FaultCode.Http(404) || fault.Code == FaultCode.Http(410);

    private async Task<byte[]> DecryptAsync(byte[] bytes, HlsKey? key, long sequence, CancellationToken cancellationToken)
    {
        if (key is null)
        {
            return bytes;
        }

        if (bytes.Length == 0 || bytes.Length % KeyBytes != 0)
        {
            throw new FaultException(FaultCode.Truncated, $"An encrypted segment from {_track.Url.Authority} is cut short; it is tried again.");
        }

        using var aes = Aes.Create();
        aes.Key = await KeyAsync(key.Uri, cancellationToken);
        try
        {
            return aes.DecryptCbc(bytes, key.Iv ?? SequenceIv(sequence));
        }
        catch (CryptographicException e)
        {
            throw BadKey(key.Uri, "does not fit its segment", e);
        }
    }

    private async Task<byte[]> KeyAsync(Uri uri, CancellationToken cancellationToken)
    {
        var key = _keys.GetOrAdd(uri, _ => new(() => FetchAsync(uri, null, KeyBytes, cancellationToken)));
        try
        {
            return await key.Value is { Length: KeyBytes } bytes ? bytes : throw BadKey(uri, "is not 16 bytes long");
        }
        catch (Exception e)
        {
            // The next attempt asks again.
            _keys.TryRemove(new(uri, key));
            throw e is FaultException { Code: FaultCode.TooLarge } ? BadKey(uri, "is not 16 bytes long", e) : e;
        }
    }

    private async Task<byte[]> FetchAsync(Uri uri, ByteRange? range, int limit, CancellationToken cancellationToken)
    {
        using var connection = await _share.ConnectAsync(uri, cancellationToken);
        using var request = MediaRequest.Get(uri, Referers.For(_track, uri), range?.Start, range?.End);
        using var response = await _outbound.SendAsync(request, cancellationToken);
        if (OutboundFaults.OfStatus(response, _time) is { } fault)
        {
            throw fault;
        }

        RefuseOtherRange(response, uri, range);
        if (response.Content.Headers.ContentLength > limit)
        {
            throw TooLarge(uri, limit);
        }

        using var body = await BodyReader.OpenAsync(response, _options, _share, _time, cancellationToken);
        var bytes = await ReceiveAsync(body, uri, limit, (int)(response.Content.Headers.ContentLength ?? 0));
        return range is null || bytes.Length == range.Value.Length ? bytes : throw body.Truncated();
    }

    private async Task<byte[]> ReceiveAsync(BodyReader body, Uri uri, int limit, int expected)
    {
        var bytes = new MemoryStream(expected);
        var buffer = new byte[64 << 10];
        while (await body.ReadAsync(buffer) is > 0 and var count)
        {
            bytes.Write(buffer, 0, count);
            if (bytes.Length > limit)
            {
                throw TooLarge(uri, limit);
            }

            _tally.Add(count);
        }

        return bytes.Length == bytes.Capacity ? bytes.GetBuffer() : bytes.ToArray();
    }

    private static void RefuseOtherRange(HttpResponseMessage response, Uri uri, ByteRange? range)
    {
        var answered = response.Content.Headers.ContentRange;
        var fits = range is { } asked
            ? response.StatusCode == HttpStatusCode.PartialContent && answered?.From == asked.Start && answered.To == asked.End - 1
            : response.StatusCode == HttpStatusCode.OK;
        if (!fits || response.Content.Headers.ContentEncoding.Any(encoding => encoding != "identity"))
        {
            throw new FaultException(FaultCode.ProtocolError, $"{uri.Authority} sends something else than was asked for; try another hoster.");
        }
    }

    private static byte[] SequenceIv(long sequence)
    {
        var iv = new byte[KeyBytes];
        BinaryPrimitives.WriteInt64BigEndian(iv.AsSpan(8), sequence);
        return iv;
    }

    private static FaultException BadKey(Uri uri, string what, Exception? inner = null) =>
        new(FaultCode.BadKey, $"The key at {uri.Authority} {what}; try another hoster.", inner);

    private static FaultException TooLarge(Uri uri, int limit) =>
        new(FaultCode.TooLarge, $"What {uri.Authority} sends is larger than {limit} bytes, more than a piece of a stream has; try another hoster.");
}
