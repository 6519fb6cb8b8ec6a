using System.Buffers;
using AniWorld.Services.Downloads.Engine.Containers;
using AniWorld.Services.Faults;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>One go at a file, from whatever is there to all of it, or to the failure that ends it.</summary>
internal sealed class RangeTransfer(RangeJob job, ILogger logger)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var retry = TransferRetry.Create(job.Options, job.Time);
            using var first = await retry.ExecuteAsync(async token => await BeginAsync(token), cancellationToken);
            if (first is not null)
            {
                await new RangeCrew(job, logger).FetchAsync(first, cancellationToken);
            }
        }
        catch (Exception e) when (e is not FaultException { Code: FaultCode.ChangedUpstream })
        {
            await job.Part.SalvageAsync();
            throw;
        }

        await job.Part.CompleteAsync();
    }

    /// <summary>Asks for the first byte missing and all after it; what comes back says what the server can do.</summary>
    /// <returns>An answer to go on with in ranges; <see langword="null"/> when the whole file came at once.</returns>
    private async Task<RangeAnswer?> BeginAsync(CancellationToken cancellationToken)
    {
        var connection = await job.ConnectAsync(cancellationToken);
        RangeAnswer? answer = null;
        try
        {
            var missing = job.Part.Origin is null ? (ByteRange?)null : job.Part.Missing[0];
            answer = await job.AskAsync(missing?.Start ?? 0, missing?.End, cancellationToken) ?? await job.AskAsync(null, null, cancellationToken)
                ?? throw new System.Diagnostics.UnreachableException();
            answer.Connection = connection;
            if (answer.File.Length > job.Options.MaxFileSize)
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
            answer?.Dispose();
            connection.Dispose();
            throw;
        }

        answer.Dispose();
        return null;
    }

    /// <summary>Goes on with the part file, or starts it once the first bytes look like a video.</summary>
    private async Task AcceptAsync(RangeAnswer answer, CancellationToken cancellationToken)
    {
        if (job.Part.Origin is not null)
        {
            job.Part.GoOn();
        }
        else
        {
            answer.Body = await job.OpenAsync(answer, cancellationToken);
            answer.Head = await ReadHeadAsync(answer);
            job.Part.Begin(answer.File);
        }

        job.Tally.Start(job.Part.Done, answer.File.Length);
    }

    private async Task FetchWholeAsync(RangeAnswer answer, CancellationToken cancellationToken)
    {
        answer.Body = await job.OpenAsync(answer, cancellationToken);
        // An error page in place of the rest must not cost what is there, so look first and clear then.
        var head = await ReadHeadAsync(answer);
        job.Part.Begin(answer.File);
        job.Tally.Start(0, answer.File.Length);
        await job.WriteAsync(head, 0);
        var position = (long)head.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(RangeFetch.BufferBytes);
        try
        {
            while (await answer.Body.ReadAsync(buffer) is > 0 and var count)
            {
                await job.WriteAsync(buffer.AsMemory(0, count), position);
                position += count;
                if (position > job.Options.MaxFileSize)
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
            throw new FaultException(FaultCode.TooSmall, new Sentence("fault_file_empty", answer.Host));
        }

        return ContainerSniffer.Sniff(head.Span) is not null
            ? head
            : throw ContainerCheck.NotMedia(answer.Host, head.Span);
    }

    private FaultException TooLarge(string host) =>
        new(FaultCode.TooLarge, new Sentence("fault_file_large", host, job.Options.MaxFileSize >> 20));
}
