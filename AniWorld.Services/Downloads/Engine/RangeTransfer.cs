using System.Buffers;
using AniWorld.Services.Downloads.Engine.Containers;
using AniWorld.Services.Faults;
using AniWorld.Services.Outbound;
using AniWorld.Services.Streaming;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>One go at a file, from whatever is there to all of it, or to the failure that ends it.</summary>
internal sealed class RangeTransfer(
    OutboundClient outbound, MediaTrack track, RangePart part, MediaDownloadOptions options, TransferTally tally, TransferShare share, TimeProvider time,
    ILogger logger)
{
    private const int BufferBytes = 128 << 10;

    /// <summary>So much on one connection is progress: failures before it count no more.</summary>
    private const long ProgressBytes = 1 << 20;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var retry = TransferRetry.Create(options, time);
            using var first = await retry.ExecuteAsync(async token => await BeginAsync(token), cancellationToken);
            if (first is not null)
            {
                await FetchRangesAsync(first, cancellationToken);
            }
        }
        catch (Exception e) when (e is not FaultException { Code: FaultCode.ChangedUpstream })
        {
            await part.SalvageAsync();
            throw;
        }

        await part.CompleteAsync();
    }

    /// <summary>Asks for the first byte missing and all after it; what comes back says what the server can do.</summary>
    /// <returns>An answer to go on with in ranges; <see langword="null"/> when the whole file came at once.</returns>
    private async Task<RangeAnswer?> BeginAsync(CancellationToken cancellationToken)
    {
        var from = part.Origin is null ? 0 : part.Missing[0].Start;
        var answer = await AskAsync(from, null, cancellationToken) ?? await AskAsync(null, null, cancellationToken)
            ?? throw new System.Diagnostics.UnreachableException();
        try
        {
            if (answer.File.Length > options.MaxFileSize)
            {
                throw TooLarge(answer.Host);
            }

            if (answer.IsRange)
            {
                await AcceptAsync(answer, cancellationToken);
                return answer;
            }

            logger.LogInformation("{Host} has no ranges: one connection, from the start after a failure", answer.Host);
            await FetchWholeAsync(answer, cancellationToken);
        }
        catch
        {
            answer.Dispose();
            throw;
        }

        answer.Dispose();
        return null;
    }

    private async Task<RangeAnswer?> AskAsync(long? from, long? end, CancellationToken cancellationToken)
    {
        using var request = MediaRequest.Get(track.Url, track.Referer, from, end, part.Origin?.IfRange);
        var response = await outbound.SendAsync(request, cancellationToken);
        RangeAnswer? answer = null;
        try
        {
            return answer = RangeAnswer.Judge(response, from, end, part.Origin, time);
        }
        finally
        {
            if (answer is null)
            {
                response.Dispose();
            }
        }
    }

    /// <summary>Goes on with the part file, or starts it once the first bytes look like a video.</summary>
    private async Task AcceptAsync(RangeAnswer answer, CancellationToken cancellationToken)
    {
        if (part.Origin is not null)
        {
            part.GoOn();
        }
        else
        {
            answer.Body = await BodyReader.OpenAsync(answer.Response, options, share, time, cancellationToken);
            answer.Head = await ReadHeadAsync(answer);
            part.Begin(answer.File);
        }

        tally.Start(part.Done, answer.File.Length);
    }

    private async Task FetchWholeAsync(RangeAnswer answer, CancellationToken cancellationToken)
    {
        answer.Body = await BodyReader.OpenAsync(answer.Response, options, share, time, cancellationToken);
        // An error page in place of the rest must not cost what is there, so look first and clear then.
        var head = await ReadHeadAsync(answer);
        part.Begin(answer.File);
        tally.Start(0, answer.File.Length);
        await WriteAsync(head, 0);
        var position = (long)head.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await answer.Body.ReadAsync(buffer) is > 0 and var count)
            {
                await WriteAsync(buffer.AsMemory(0, count), position);
                position += count;
                if (position > options.MaxFileSize)
                {
                    throw TooLarge(answer.Host);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (answer.File.Length is { } length && position != length)
        {
            throw answer.Body.Truncated();
        }
    }

    /// <exception cref="FaultException"><c>not_media</c>, <c>too_small</c>: nothing was written yet.</exception>
    private static async Task<ReadOnlyMemory<byte>> ReadHeadAsync(RangeAnswer answer)
    {
        var buffer = new byte[ContainerSniffer.HeadBytes];
        var head = buffer.AsMemory(0, await answer.Body!.ReadBlockAsync(buffer));
        if (answer.End - answer.From is { } announced && head.Length < Math.Min(announced, buffer.Length))
        {
            throw answer.Body.Truncated();
        }

        if (head.IsEmpty)
        {
            throw new FaultException(FaultCode.TooSmall, $"{answer.Host} sends an empty file; try another hoster.");
        }

        return ContainerSniffer.Sniff(head.Span) is not null
            ? head
            : throw ContainerCheck.NotMedia(answer.Host + " sends", head.Span);
    }

    private async Task FetchRangesAsync(RangeAnswer first, CancellationToken cancellationToken)
    {
        var queue = new ChunkQueue(part.Missing, options.Connections);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Each has its first piece before any begins: over a fast line the first one would take all of them otherwise.
        var pieces = Enumerable.Range(0, queue.Workers).Select(_ => queue.TryTake(out var chunk) ? chunk : null).ToList();
        await Task.WhenAll(pieces.Select((chunk, number) => WorkAsync(chunk, number == 0 ? first : null)).ToList());

        async Task WorkAsync(Chunk? chunk, RangeAnswer? opened)
        {
            await Task.Yield();
            try
            {
                while (chunk is not null && await FetchAsync(chunk, opened, queue, stop.Token))
                {
                    opened = null;
                    queue.TryTake(out chunk);
                }
            }
            catch
            {
                await stop.CancelAsync();
                throw;
            }
        }
    }

    /// <returns>False when the server wants fewer connections and this one has ended.</returns>
    private async Task<bool> FetchAsync(Chunk chunk, RangeAnswer? opened, ChunkQueue queue, CancellationToken cancellationToken)
    {
        var retry = TransferRetry.Create(
            options, time, fault => TransferRetry.IsPassing(fault) && !(IsCrowding(fault) && queue.OthersWork));
        try
        {
            while (!chunk.IsDone)
            {
                await retry.ExecuteAsync(
                    async token =>
                    {
                        var answer = Interlocked.Exchange(ref opened, null);
                        await FetchOnceAsync(chunk, answer, queue, token);
                    },
                    cancellationToken);
            }

            return true;
        }
        catch (FaultException e) when (IsCrowding(e) && queue.TryLeaveTo(chunk))
        {
            logger.LogInformation("{Host} refuses a further connection ({Code}), going on with fewer", track.Url.Authority, e.Code);
            return false;
        }
    }

    private async Task FetchOnceAsync(Chunk chunk, RangeAnswer? opened, ChunkQueue queue, CancellationToken cancellationToken)
    {
        var start = chunk.Position;
        try
        {
            using var answer = opened ?? await AskAsync(chunk.Position, chunk.End, cancellationToken);
            if (answer is not { IsRange: true })
            {
                throw RangeAnswer.Changed(track.Url.Authority);
            }

            using var body = answer.Body ?? await BodyReader.OpenAsync(answer.Response, options, share, time, cancellationToken);
            await ReceiveAsync(answer, body, chunk, queue);
        }
        catch (FaultException e) when (TransferRetry.IsPassing(e) && chunk.Position - start >= ProgressBytes)
        {
            options.Retrying(e);
        }
    }

    private async Task ReceiveAsync(RangeAnswer answer, BodyReader body, Chunk chunk, ChunkQueue queue)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            if (!answer.Head.IsEmpty)
            {
                await TakeAsync(answer.Head);
            }

            while (!chunk.IsDone || queue.TryExtend(chunk, answer.End!.Value))
            {
                var count = await body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, chunk.End - chunk.Position)));
                if (count == 0)
                {
                    throw body.Truncated();
                }

                await TakeAsync(buffer.AsMemory(0, count));
            }

            // Without a length nothing but this shows a body that goes on past its range.
            if (answer.End == chunk.End && answer.Response.Content.Headers.ContentLength is null && await body.ReadAsync(buffer) > 0)
            {
                throw new FaultException(FaultCode.ProtocolError, $"{answer.Host} sends more than it announced; try another hoster.");
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        async ValueTask TakeAsync(ReadOnlyMemory<byte> bytes)
        {
            await WriteAsync(bytes, chunk.Position);
            chunk.Position += bytes.Length;
        }
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, long position)
    {
        await part.WriteAsync(bytes.Span, position);
        tally.Add(bytes.Length);
    }

    /// <summary>What a server says that finds the connections too many; with fewer it may serve well.</summary>
    private static bool IsCrowding(FaultException fault) =>
        fault.Code is FaultCode.RateLimited or FaultCode.Refused || fault.Code == FaultCode.Http(403) || fault.Code == FaultCode.Http(503);

    private FaultException TooLarge(string host) =>
        new(FaultCode.TooLarge, $"The file at {host} is larger than {options.MaxFileSize >> 20} MiB, the limit for one file; it is not fetched.");
}
