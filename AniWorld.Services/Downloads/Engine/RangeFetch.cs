using System.Buffers;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>One connection's work: takes a chunk of the plan, asks for it and writes what comes to its place.</summary>
/// <param name="retires">Asked between reads; true ends the work on the chunk.</param>
internal sealed class RangeFetch(RangeJob job, RangePlan plan, Func<bool> retires)
{
    /// <summary>Large, so that a fast line costs few system calls; pooled.</summary>
    public const int BufferBytes = 256 << 10;

    /// <summary>So much on one connection is progress: failures before it count no more.</summary>
    private const long ProgressBytes = 1 << 20;

    /// <param name="opened">An answer that begins with the plan's first chunk.</param>
    /// <returns>False when there is nothing to fetch.</returns>
    public async Task<bool> FetchNextAsync(RangeAnswer? opened, CancellationToken cancellationToken)
    {
        // First the connection: what waits for one must not hold a chunk that others could fetch.
        using var connection = opened?.Connection ?? await job.ConnectAsync(cancellationToken);
        if (!plan.TryTake(out var chunk))
        {
            opened?.Dispose();
            return false;
        }

        // Who starts several connections is not to be held up by what the first one has waiting.
        await Task.Yield();
        var (start, end) = (chunk.Position, chunk.End);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, chunk.Lost);
        try
        {
            if (start < end)
            {
                using var answer = opened?.From == start ? opened : await AskAsync(start, end, either.Token);
                await ReceiveAsync(answer, connection, chunk, either.Token);
            }
        }
        catch (OperationCanceledException) when (chunk.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Somebody else fetches it.
        }
        catch (FaultException e) when (TransferRetry.IsPassing(e) && chunk.Position - start >= ProgressBytes)
        {
            job.Options.Retrying(e);
        }
        finally
        {
            plan.Release(chunk);
            chunk.Dispose();
        }

        return true;
    }

    private async Task<RangeAnswer> AskAsync(long start, long end, CancellationToken cancellationToken)
    {
        var asked = job.Time.GetTimestamp();
        var answer = await job.AskAsync(start, end, cancellationToken);
        if (answer is not { IsRange: true })
        {
            answer?.Dispose();
            throw RangeAnswer.Changed(job.Host);
        }

        plan.Latency = job.Time.GetElapsedTime(asked);
        return answer;
    }

    private async Task ReceiveAsync(RangeAnswer answer, HostConnection connection, Chunk chunk, CancellationToken cancellationToken)
    {
        var body = answer.Body ??= await job.OpenAsync(answer, cancellationToken);
        body.StopWith(cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            await TakeAsync(answer.Head);
            while (!chunk.IsDone || plan.TryExtend(chunk, answer.End!.Value))
            {
                var count = await body.ReadAsync(buffer.AsMemory(0, (int)Math.Clamp(chunk.Left, 1, buffer.Length)));
                if (count == 0)
                {
                    throw body.Truncated();
                }

                await TakeAsync(buffer.AsMemory(0, count));
                if (connection.IsOwed || retires())
                {
                    return;
                }
            }

            // Without a length nothing but this shows a body that goes on past its range.
            if (answer.End == chunk.End && answer.Response.Content.Headers.ContentLength is null && await body.ReadAsync(buffer) > 0)
            {
                throw new FaultException(FaultCode.ProtocolError, new Sentence("fault_sends_more", answer.Host));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        async ValueTask TakeAsync(ReadOnlyMemory<byte> bytes)
        {
            if (!bytes.IsEmpty)
            {
                var (position, count) = plan.Claim(chunk, bytes.Length);
                await job.WriteAsync(bytes[..count], position);
            }
        }
    }
}
