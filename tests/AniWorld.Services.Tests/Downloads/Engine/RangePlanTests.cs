using AniWorld.Services.Downloads.Engine;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Downloads.Engine;

public sealed class RangePlanTests
{
    private const int Mib = 1 << 20;
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void What_is_missing_is_divided_evenly_but_not_into_crumbs()
    {
        var sixteen = Take(new([new(0, 16 * Mib)], 8, _time), 8);
        var small = new RangePlan([new(0, Mib + 1)], 8, _time);

        Assert.All(sixteen, chunk => Assert.Equal(2 * Mib, chunk.Left));
        Assert.Equal(Mib + 1, Take(small, 1)[0].Left);
        Assert.False(small.HasWork);
    }

    [Fact]
    public void An_idle_connection_takes_the_second_half_of_what_would_last_longest()
    {
        var plan = new RangePlan([new(0, 20 * Mib)], 2, _time);
        var (fast, slow) = (Take(plan, 1)[0], Take(plan, 1)[0]);
        _time.Advance(TimeSpan.FromSeconds(1));
        plan.Claim(fast, 9 * Mib);
        plan.Claim(slow, 2 * Mib);

        Assert.True(plan.TryTake(out var half));

        Assert.Equal((16 * Mib, 20 * Mib), (half.Position, half.End));
        Assert.Equal(16 * Mib, slow.End);
        Assert.Equal((12 * Mib, 4 * Mib), plan.Claim(slow, 5 * Mib));
    }

    [Fact]
    public void What_is_about_to_end_is_left_to_its_connection()
    {
        var plan = new RangePlan([new(0, 20 * Mib)], 1, _time);
        var chunk = Take(plan, 1)[0];
        _time.Advance(TimeSpan.FromSeconds(1));
        plan.Claim(chunk, 18 * Mib);
        plan.Latency = TimeSpan.FromMilliseconds(50);

        Assert.False(plan.HasWork);
        plan.Latency = TimeSpan.FromMilliseconds(10);
        Assert.True(plan.HasWork);
    }

    [Fact]
    public void The_rest_of_a_connection_that_brings_nothing_more_is_taken_as_a_whole()
    {
        var plan = new RangePlan([new(0, Mib)], 1, _time);
        var stalled = Take(plan, 1)[0];
        _time.Advance(TimeSpan.FromMilliseconds(10));
        plan.Claim(stalled, Mib - 1000);
        Assert.False(plan.HasWork);

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.True(plan.TryTake(out var rest));
        Assert.Equal((Mib - 1000, Mib), (rest.Position, rest.End));
        Assert.True(stalled.Lost.IsCancellationRequested);
        Assert.Equal(0, plan.Claim(stalled, 1000).Count);
    }

    [Fact]
    public void An_answer_that_reaches_further_goes_on_where_nobody_has_begun()
    {
        var plan = new RangePlan([new(0, 4 * Mib)], 4, _time);
        var (first, untouched) = (Take(plan, 1)[0], Take(plan, 1)[0]);
        plan.Claim(first, Mib);

        Assert.False(plan.TryExtend(first, (2 * Mib) - 1));
        Assert.True(plan.TryExtend(first, 4 * Mib));
        plan.Claim(first, Mib);
        Assert.True(plan.TryExtend(first, 4 * Mib));

        Assert.True(untouched.Lost.IsCancellationRequested);
        Assert.Equal((2 * Mib, Mib), plan.Claim(first, 5 * Mib));
        Assert.Equal(0, plan.Claim(untouched, 1).Count);
    }

    [Fact]
    public void A_connection_that_has_read_into_what_was_taken_from_it_cannot_go_on_there()
    {
        var plan = new RangePlan([new(0, 8 * Mib)], 1, _time);
        var robbed = Take(plan, 1)[0];
        _time.Advance(TimeSpan.FromSeconds(1));
        plan.Claim(robbed, Mib);
        var thief = Take(plan, 1)[0];
        Assert.Equal((4 * Mib) + (Mib / 2), thief.Position);

        plan.Claim(robbed, 4 * Mib);
        plan.Release(thief);

        Assert.True(robbed.IsDone);
        Assert.False(plan.TryExtend(robbed, 8 * Mib));
    }

    [Fact]
    public void The_last_bytes_do_not_go_round_for_ever()
    {
        var plan = new RangePlan([new(0, 1000)], 1, _time);

        var holders = Enumerable.Range(0, 100).Count(_ =>
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            return plan.TryTake(out var _);
        });

        Assert.InRange(holders, 2, 4);
    }

    /// <summary>Connections come and go, bytes arrive, time passes, and now and then all of it starts anew from what is done.</summary>
    [Fact]
    public void Whatever_happens_each_byte_is_fetched_exactly_once() =>
        Gen.Select(Gen.Int[1, 3 * Mib], Gen.Int[1, 16], Gen.Select(Gen.Int[0, 9], Gen.Int[0, 15], Gen.Int[1, 400_000]).Array[0, 120]).Sample(
            (length, parts, steps) =>
            {
                var file = new Copy(length, parts);
                foreach (var (kind, who, count) in steps)
                {
                    file.Step(kind, who, count);
                }

                file.Finish();
            },
            iter: 300);

    private static List<Chunk> Take(RangePlan plan, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => plan.TryTake(out var chunk) ? chunk : throw new InvalidOperationException("Nothing to take."))];

    /// <summary>A file that counts how often each stretch was fetched.</summary>
    private sealed class Copy(int length, int parts)
    {
        private readonly FakeTimeProvider _time = new();
        private readonly ByteRanges _done = new();
        private readonly List<Chunk> _atWork = [];

        /// <summary>Which byte each connection brings next: it knows nothing of what is taken from its chunk.</summary>
        private readonly Dictionary<Chunk, long> _streams = [];

        private RangePlan? _plan;

        private RangePlan Plan => _plan ??= new(_done.Missing(length), parts, _time);

        public void Step(int kind, int who, int count)
        {
            switch (kind)
            {
                case 0:
                    // A restart: what was at work is forgotten.
                    _atWork.Clear();
                    _plan = null;
                    break;
                case 1 when _atWork.Count > 0:
                    Release(_atWork[who % _atWork.Count]);
                    break;
                case 2:
                    _time.Advance(TimeSpan.FromMilliseconds(count / 100));
                    break;
                case < 6 when _atWork.Count < 16:
                    Take();
                    break;
                case 6 when _atWork.Count > 0:
                    Plan.TryExtend(_atWork[who % _atWork.Count], length);
                    break;
                case > 6 when _atWork.Count > 0:
                    Fetch(_atWork[who % _atWork.Count], count);
                    break;
            }
        }

        public void Finish()
        {
            while (!Plan.IsDone)
            {
                while (Take())
                {
                }

                Fetch(_atWork[0], length);
                Release(_atWork[0]);
            }

            Assert.Equal(length, _done.Count);
            Assert.Empty(_done.Missing(length));
        }

        private bool Take()
        {
            if (!Plan.TryTake(out var chunk))
            {
                return false;
            }

            _atWork.Add(chunk);
            _streams[chunk] = chunk.Position;
            return true;
        }

        private void Fetch(Chunk chunk, int count)
        {
            var (position, claimed) = Plan.Claim(chunk, count);
            Assert.True(claimed == 0 || position == _streams[chunk]);
            _streams[chunk] += count;
            var before = _done.Count;
            _done.Add(new(position, position + claimed));
            Assert.Equal(before + claimed, _done.Count);
        }

        private void Release(Chunk chunk)
        {
            Plan.Release(chunk);
            _atWork.Remove(chunk);
        }
    }
}
