using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using AniWorld.Services.Downloads.Engine.Containers;
using AniWorld.Services.Faults;
using AniWorld.Services.Outbound;
using Polly;

namespace AniWorld.Services.Downloads.Engine.Hls;

/// <summary>Fetches the segments of one playlist with their keys and initialisations, and undoes AES-128.</summary>
internal sealed class SegmentSource
{
    /// <summary>A segment is held in memory, so it has to end somewhere.</summary>
    private const int LargestSegment = 128 << 20;

    private const int LargestMap = 8 << 20;

    private readonly OutboundClient _outbound;
    private readonly HlsJob _job;
    private readonly IReadOnlyList<HlsSegment> _segments;
    private readonly SegmentMemory _memory;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _retry;
    private readonly ConcurrentDictionary<Uri, Lazy<Task<byte[]>>> _keys = new();
    private readonly ConcurrentDictionary<HlsMap, Lazy<Task<byte[]>>> _maps = new();

    public SegmentSource(OutboundClient outbound, HlsJob job, HlsMedia media, SegmentMemory memory, TimeProvider time)
    {
        (_outbound, _job, _segments, _memory, _time) = (outbound, job, media.Segments, memory, time);
        _retry = TransferRetry.Create(
            job.Options,
            time,
            fault => TransferRetry.IsPassing(fault) || IsMissing(fault) || fault.Code is FaultCode.NotMedia or FaultCode.BadKey);
    }

    /// <summary>Whether a segment's first bytes, decrypted, are of the kind that this playlist is about.</summary>
    public Func<ReadOnlySpan<byte>, bool> LooksRight { get; init; } = ContainerSniffer.IsSegment;

    /// <summary>One segment, behind its initialisation where a run begins.</summary>
    /// <exception cref="FaultException"><c>segment_missing</c>, <c>not_media</c>, <c>bad_key</c> and those of the network.</exception>
    public async Task<SegmentData> FetchAsync(int index, CancellationToken cancellationToken)
    {
        var segment = _segments[index];
        // Kept over all attempts: others could fill the host, and wait for this one to be written before they end.
        using var connection = await _job.Share.ConnectAsync(segment.Uri, cancellationToken);
        var data = new SegmentData(_memory, index);
        try
        {
            await _retry.ExecuteAsync(async token => await FetchOnceAsync(segment, data, token), cancellationToken);
            return data;
        }
        catch (Exception e)
        {
            data.Dispose();
            throw e is FaultException fault && IsMissing(fault) ? Missing(index, fault) : e;
        }
    }

    private static bool IsMissing(FaultException fault) => fault.Code == FaultCode.Http(404) || fault.Code == FaultCode.Http(410);

    private async Task FetchOnceAsync(HlsSegment segment, SegmentData data, CancellationToken cancellationToken)
    {
        _job.Tally.Add(-data.Length);
        data.Clear();
        if (segment.Map is { } map && NeedsMap(data.Index))
        {
            data.Add(await OnceAsync(_maps, map, () => FetchMapAsync(map, cancellationToken)));
        }

        using var cipher = segment.Key is { } key
            ? new SegmentCipher(await OnceAsync(_keys, key.Uri, () => FetchKeyAsync(key.Uri, cancellationToken)), key.Iv, segment.Sequence)
            : null;
        using var answer = await OpenAsync(segment.Uri, segment.Range, cancellationToken);
        using var body = await BodyReader.OpenAsync(answer, _job.Options, _job.Share, _time, cancellationToken);
        var received = await ReceiveAsync(segment, data, cipher, body, cancellationToken);
        if (segment.Range is { } range ? received != range.Length : answer.Content.Headers.ContentLength is null && EndsInPacket(data))
        {
            throw body.Truncated();
        }
    }

    /// <summary>Each run has its own initialisation, so that it can be read by itself.</summary>
    private bool NeedsMap(int index) =>
        index == 0 || _segments[index].StartsRun || _segments[index].Map != _segments[index - 1].Map;

    /// <returns>How many bytes came.</returns>
    private async Task<long> ReceiveAsync(
        HlsSegment segment, SegmentData data, SegmentCipher? cipher, BodyReader body, CancellationToken cancellationToken)
    {
        var received = 0L;
        var isFirst = true;
        var block = await NextAsync();
        do
        {
            // The last block is known by nothing coming after it; only that one is padded.
            var following = block.Length == SegmentMemory.BlockBytes ? await NextAsync() : Memory<byte>.Empty;
            var clear = cipher is null ? block : Decrypt(segment, cipher, block, isFirst, isLast: following.IsEmpty);
            if (isFirst && !LooksRight(clear.Span))
            {
                throw cipher is null
                    ? ContainerCheck.NotMedia(segment.Uri.Authority, clear.Span)
                    : BadKey(new Sentence("fault_key_unfit", segment.Key!.Uri.Authority));
            }

            data.Add(clear);
            (block, isFirst) = (following, false);
        }
        while (!block.IsEmpty);
        return received;

        async ValueTask<Memory<byte>> NextAsync()
        {
            var renting = data.RentAsync(cancellationToken);
            var waits = !renting.IsCompleted;
            var rented = await renting;
            if (waits)
            {
                body.Waited();
            }

            var count = await body.ReadBlockAsync(rented);
            _job.Tally.Add(count);
            return (received += count) <= LargestSegment ? rented.AsMemory(0, count) : throw TooLarge(segment.Uri, LargestSegment);
        }
    }

    private static Memory<byte> Decrypt(HlsSegment segment, SegmentCipher cipher, Memory<byte> block, bool isFirst, bool isLast)
    {
        if (isFirst && IsPage(block.Span))
        {
            throw ContainerCheck.NotMedia(segment.Uri.Authority, block.Span);
        }

        if (block.IsEmpty || block.Length % SegmentCipher.KeyBytes != 0)
        {
            throw new FaultException(FaultCode.Truncated, new Sentence("fault_segment_cut", segment.Uri.Authority));
        }

        try
        {
            return block[..cipher.Decrypt(block.Span, isLast)];
        }
        catch (CryptographicException e)
        {
            throw BadKey(new Sentence("fault_key_unfit", segment.Key!.Uri.Authority), e);
        }
    }

    /// <summary>What is encrypted may begin like a text, but hardly goes on in plain letters.</summary>
    private static bool IsPage(ReadOnlySpan<byte> bytes) =>
        ContainerSniffer.IsText(bytes) && !bytes[..Math.Min(bytes.Length, 32)].ContainsAnyInRange((byte)0x80, (byte)0xFF);

    /// <summary>A body that told no length ends like a whole one when it is cut; then only what is in it can show that.</summary>
    private static bool EndsInPacket(SegmentData data) =>
        ContainerSniffer.IsTs(data.Parts[0].Span) && data.Length % ContainerSniffer.TsPacket != 0;

    private async Task<byte[]> FetchMapAsync(HlsMap map, CancellationToken cancellationToken)
    {
        var bytes = await FetchBytesAsync(map.Uri, map.Range, LargestMap, cancellationToken);
        if (map.Key is { } key)
        {
            using var cipher = new SegmentCipher(
                await OnceAsync(_keys, key.Uri, () => FetchKeyAsync(key.Uri, cancellationToken)), key.Iv, sequence: 0);
            bytes = bytes[..cipher.Decrypt(bytes, isLast: true)];
        }

        return LooksRight(bytes) ? bytes : throw ContainerCheck.NotMedia(map.Uri.Authority, bytes);
    }

    private async Task<byte[]> FetchKeyAsync(Uri uri, CancellationToken cancellationToken)
    {
        try
        {
            var key = await FetchBytesAsync(uri, null, SegmentCipher.KeyBytes, cancellationToken);
            return key.Length == SegmentCipher.KeyBytes ? key : throw BadKey(new Sentence("fault_key_length", uri.Authority));
        }
        catch (FaultException e) when (e.Code == FaultCode.TooLarge)
        {
            throw BadKey(new Sentence("fault_key_length", uri.Authority), e);
        }
    }

    /// <summary>The same for all segments; after a failure the next attempt asks again.</summary>
    private static async Task<byte[]> OnceAsync<TKey>(
        ConcurrentDictionary<TKey, Lazy<Task<byte[]>>> known, TKey key, Func<Task<byte[]>> fetch)
        where TKey : notnull
    {
        var once = known.GetOrAdd(key, _ => new(fetch));
        try
        {
            return await once.Value;
        }
        catch
        {
            known.TryRemove(new(key, once));
            throw;
        }
    }

    private async Task<byte[]> FetchBytesAsync(Uri uri, ByteRange? range, int limit, CancellationToken cancellationToken)
    {
        using var answer = await OpenAsync(uri, range, cancellationToken);
        if (answer.Content.Headers.ContentLength > limit)
        {
            throw TooLarge(uri, limit);
        }

        using var body = await BodyReader.OpenAsync(answer, _job.Options, _job.Share, _time, cancellationToken);
        var bytes = new byte[Math.Min(answer.Content.Headers.ContentLength ?? limit, limit) + 1];
        var count = await body.ReadBlockAsync(bytes);
        return count > limit ? throw TooLarge(uri, limit)
            : range is { } asked && count != asked.Length ? throw body.Truncated()
            : bytes[..count];
    }

    private async Task<HttpResponseMessage> OpenAsync(Uri uri, ByteRange? range, CancellationToken cancellationToken)
    {
        using var request = MediaRequest.Get(uri, Referers.For(_job.Track, uri), range?.Start, range?.End);
        var answer = await _outbound.SendAsync(request, cancellationToken);
        if ((OutboundFaults.OfStatus(answer, _time) ?? OtherThanAsked(answer, uri, range)) is { } fault)
        {
            answer.Dispose();
            throw fault;
        }

        return answer;
    }

    private static FaultException? OtherThanAsked(HttpResponseMessage answer, Uri uri, ByteRange? range)
    {
        var answered = answer.Content.Headers.ContentRange;
        var fits = range is { } asked
            ? answer.StatusCode == HttpStatusCode.PartialContent && answered?.From == asked.Start && answered.To == asked.End - 1
            : answer.StatusCode == HttpStatusCode.OK;
        return fits && answer.Content.Headers.ContentEncoding.All(encoding => encoding == "identity")
            ? null
            : new FaultException(FaultCode.ProtocolError, new Sentence("fault_other_than_asked", uri.Authority));
    }

    private FaultException Missing(int index, FaultException cause) => new(
        FaultCode.SegmentMissing,
        new Sentence("fault_segment_missing", index + 1, _segments.Count, _segments[index].Uri.Authority),
        cause);

    private static FaultException BadKey(Sentence what, Exception? inner = null) => new(FaultCode.BadKey, what, inner);

    private static FaultException TooLarge(Uri uri, int limit) =>
        new(FaultCode.TooLarge, new Sentence("fault_piece_large", uri.Authority, limit));
}
