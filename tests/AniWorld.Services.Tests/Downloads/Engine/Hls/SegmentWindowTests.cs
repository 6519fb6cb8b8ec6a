using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Downloads.Engine.Hls;
using AniWorld.Services.Faults;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Downloads.Engine.Hls;

/// <summary>The ordered write-out and its journal, against any order of arrival, failures, kills and losses of power.</summary>
public sealed class SegmentWindowTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aniworld-window-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private enum End
    {
        Failure,
        Cancel,
        Kill,
        PowerLoss,
        TornJournal,
    }

    /// <summary>One run: which segment arrives after how many turns, at which one it ends, and how.</summary>
    private sealed record Run(int[] Turns, int EndsAt, End End, bool IsFlushed);

    [Fact]
    public async Task Whatever_order_segments_arrive_in_and_however_runs_end_each_byte_is_there_once()
    {
        var run = Gen.Select(Gen.Int[0, 6].Array[1, 12], Gen.Int[0, 40], Gen.Enum<End>(), Gen.Bool).Select(r => new Run(r.Item1, r.Item2, r.Item3, r.Item4));
        await Gen.Select(Gen.Int[1, 40_000].Array[1, 40], Gen.Int[1, 8], run.Array[0, 5]).SampleAsync(
            async (sizes, connections, runs) =>
            {
                var segments = sizes.Select((size, i) => Clips.Noise(size, i + 1)).ToArray();
                var stem = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
                var paths = new PartPaths(stem, stem + ".json");
                foreach (var one in runs)
                {
                    await RunAsync(paths, segments, connections, one);
                }

                await RunAsync(paths, segments, connections, new([1], int.MaxValue, End.Failure, IsFlushed: false));
                Assert.Equal(segments.SelectMany(bytes => bytes), await File.ReadAllBytesAsync(paths.Part));
            },
            iter: 150);
    }

    [Fact]
    public async Task Segments_after_a_slow_one_take_no_more_memory_than_there_is()
    {
        const int Blocks = 6;
        var memory = new SegmentMemory(Blocks * SegmentMemory.BlockBytes);
        var first = new TaskCompletionSource();
        var taken = new List<int>();

        var running = new SegmentWindow(8, memory).RunAsync(0, 30, FetchAsync, Take, TestContext.Current.CancellationToken);
        Assert.False(running.IsCompleted);
        first.SetResult();
        await running;

        Assert.Equal(Enumerable.Range(0, 30), taken);
        // The one whose turn it is may have more, here two blocks.
        Assert.InRange(memory.Peak, 1, (Blocks + 2) * SegmentMemory.BlockBytes);

        async Task<SegmentData> FetchAsync(int index, CancellationToken cancellationToken)
        {
            if (index == 0)
            {
                await first.Task;
            }

            var data = new SegmentData(memory, index);
            for (var block = 0; block < 2; block++)
            {
                data.Add(await data.RentAsync(cancellationToken));
            }

            return data;
        }

        ValueTask Take(SegmentData segment)
        {
            taken.Add(segment.Index);
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public async Task No_more_are_fetched_at_once_than_there_are_connections()
    {
        var memory = new SegmentMemory(SegmentMemory.DefaultLimit);
        var (now, most) = (0, 0);

        await new SegmentWindow(3, memory).RunAsync(0, 50, FetchAsync, _ => ValueTask.CompletedTask, TestContext.Current.CancellationToken);

        Assert.Equal(3, most);

        async Task<SegmentData> FetchAsync(int index, CancellationToken cancellationToken)
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await Task.Yield();
            Interlocked.Decrement(ref now);
            return new SegmentData(memory, index);
        }
    }

    private static async Task RunAsync(PartPaths paths, byte[][] segments, int connections, Run run)
    {
        using var cancel = new CancellationTokenSource();
        var memory = new SegmentMemory(2 * SegmentMemory.BlockBytes);
        using (var file = new PartFile(paths, new MediaDownloadOptions { FreeSpaceReserve = 0 }, new FakeTimeProvider()))
        {
            using var part = new SegmentPart(file, Playlist(segments));
            Assert.Equal(segments.Take(part.Count).Sum(bytes => bytes.Length), part.Length);
            try
            {
                await new SegmentWindow(connections, memory).RunAsync(part.Count, segments.Length, FetchAsync, TakeAsync, cancel.Token);
                await part.CompleteAsync();
                return;
            }
            catch (Exception e) when (e is FaultException or OperationCanceledException)
            {
                if (run.IsFlushed || run.End is End.Failure or End.Cancel)
                {
                    await part.SalvageAsync();
                }
            }

            async ValueTask TakeAsync(SegmentData segment)
            {
                Assert.Equal(part.Count, segment.Index);
                await part.AppendAsync(segment);
                if (segment.Index == run.EndsAt && run.End != End.Failure)
                {
                    await cancel.CancelAsync();
                }
            }
        }

        Harm(paths, run.End);

        async Task<SegmentData> FetchAsync(int index, CancellationToken cancellationToken)
        {
            for (var turn = 0; turn < run.Turns[index % run.Turns.Length]; turn++)
            {
                await Task.Yield();
            }

            if (index == run.EndsAt && run.End == End.Failure)
            {
                throw new FaultException(FaultCode.SegmentMissing, Sentence.Plain("gone"));
            }

            var data = new SegmentData(memory, index);
            var block = await data.RentAsync(cancellationToken);
            segments[index].CopyTo(block, 0);
            data.Add(block.AsMemory(0, segments[index].Length));
            return data;
        }
    }

    /// <summary>What a crash may leave: bytes that never came to the disk, or half a journal.</summary>
    private static void Harm(PartPaths paths, End end)
    {
        if (end == End.PowerLoss)
        {
            using var part = File.OpenWrite(paths.Part);
            if (File.Exists(paths.Journal))
            {
                part.Position = part.Length / 2;
                part.Write(new byte[(int)Math.Min(100, part.Length - part.Position)]);
            }

            part.SetLength(part.Length * 3 / 4);
        }
        else if (end == End.TornJournal && File.Exists(paths.Journal))
        {
            using var journal = File.OpenWrite(paths.Journal);
            journal.SetLength(journal.Length / 2);
        }
    }

    private static HlsMedia Playlist(byte[][] segments) =>
        new([.. segments.Select((_, i) => new HlsSegment(new Uri($"http://x/{i}"), 2, i, null, null, null, false))]);
}
