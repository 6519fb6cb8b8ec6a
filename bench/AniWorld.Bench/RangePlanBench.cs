using AniWorld.Services.Downloads.Engine;
using BenchmarkDotNet.Attributes;

namespace AniWorld.Bench;

/// <summary>The planning of 1 GiB over 16 connections that claim 128 KiB in turn: what it costs besides the transfer itself.</summary>
[InProcess, MemoryDiagnoser]
public class RangePlanBench
{
    private const long Size = 1L << 30;
    private const int Piece = 128 << 10;

    [Params(1, 16)]
    public int Connections { get; set; }

    [Benchmark]
    public long Plan()
    {
        var plan = new RangePlan([new ByteRange(0, Size)], Connections, TimeProvider.System);
        var chunks = new Chunk?[Connections];
        while (!plan.IsDone)
        {
            for (var i = 0; i < chunks.Length; i++)
            {
                if (chunks[i] is null && !plan.TryTake(out chunks[i]))
                {
                    continue;
                }

                if (plan.Claim(chunks[i]!, Piece).Count == 0)
                {
                    plan.Release(chunks[i]!);
                    chunks[i] = null;
                }
            }
        }

        return plan.Claimed == Size ? Size : throw new InvalidOperationException($"{plan.Claimed} of {Size} bytes were claimed.");
    }
}
