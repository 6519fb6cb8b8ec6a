using System.Diagnostics.CodeAnalysis;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>Who fetches what of a file: each byte once, whatever fails and however connections take from each other.</summary>
/// <remarks>
/// A connection takes a chunk, claims bytes as they come and releases the chunk in the end. When no chunk is free, an idle connection
/// takes the second half of the one that would last longest; of one that brings nothing, all.
/// </remarks>
internal sealed class RangePlan
{
    /// <summary>A connection opened at the start is worth this much.</summary>
    private const long SmallestPart = 1 << 20;

    /// <summary>Less is not divided further.</summary>
    private const long SmallestHalf = 64 << 10;

    /// <summary>A chunk too small to divide that would last longer is taken as a whole, but not again and again.</summary>
    private static readonly TimeSpan Hopeless = TimeSpan.FromSeconds(2);
    private const int MostTakeovers = 2;

    private static readonly TimeSpan ShortestTheft = TimeSpan.FromMilliseconds(20);

    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly LinkedList<Chunk> _free = new();
    private readonly List<Chunk> _open = [];
    private readonly long _begun;
    private long _claimed;
    private long _latencyTicks;

    /// <param name="parts">Into how many parts to divide what is missing, if they do not get too small.</param>
    public RangePlan(IReadOnlyList<ByteRange> missing, int parts, TimeProvider time)
    {
        (_time, _begun) = (time, time.GetTimestamp());
        var size = Math.Max(missing.Sum(range => range.Length) / Math.Max(parts, 1), SmallestPart);
        foreach (var range in missing.Where(range => range.Length > 0))
        {
            var count = Math.Max(1, (range.Length + (size / 2)) / size);
            for (var i = 0; i < count; i++)
            {
                _free.AddLast(new Chunk(new(range.Start + (range.Length * i / count), range.Start + (range.Length * (i + 1) / count))));
            }
        }
    }

    /// <summary>Bytes that were claimed so far.</summary>
    public long Claimed => Interlocked.Read(ref _claimed);

    /// <summary>How long a server takes to answer: a part that comes sooner is not worth taking from another.</summary>
    public TimeSpan Latency
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _latencyTicks));
        set => Interlocked.Exchange(ref _latencyTicks, value.Ticks);
    }

    /// <summary>Whether every byte was claimed and nobody is at it any more.</summary>
    public bool IsDone
    {
        get
        {
            lock (_lock)
            {
                return _free.Count == 0 && _open.Count == 0;
            }
        }
    }

    /// <summary>Whether another connection would find something to do.</summary>
    public bool HasWork
    {
        get
        {
            lock (_lock)
            {
                return _free.Count > 0 || FindVictim() is not null;
            }
        }
    }

    public bool TryTake([NotNullWhen(true)] out Chunk? chunk)
    {
        lock (_lock)
        {
            chunk = _free.First?.Value;
            if (chunk is not null)
            {
                _free.RemoveFirst();
            }
            else if (FindVictim() is { } victim)
            {
                chunk = TakeFrom(victim);
            }
            else
            {
                return false;
            }

            chunk.Begin(_time.GetTimestamp());
            _open.Add(chunk);
            return true;
        }
    }

    /// <summary>Takes bytes that arrived, as far as they are still this chunk's. The caller writes what it claimed.</summary>
    /// <returns>Where they go, and how many they are: up to <paramref name="count"/>.</returns>
    public (long Position, int Count) Claim(Chunk chunk, int count)
    {
        lock (_lock)
        {
            var claimed = (int)Math.Clamp(chunk.Left, 0, count);
            var position = chunk.Position;
            chunk.Position += claimed;
            chunk.LastByteAt = _time.GetTimestamp();
            chunk.IsOverrun |= claimed < count;
            Interlocked.Add(ref _claimed, claimed);
            return (position, claimed);
        }
    }

    /// <summary>Lets a connection that is at the end of its chunk go on into the next one, if nobody has brought anything of that yet.</summary>
    /// <param name="end">How far its answer reaches.</param>
    public bool TryExtend(Chunk chunk, long end)
    {
        lock (_lock)
        {
            if (chunk.IsOverrun || chunk.Lost.IsCancellationRequested)
            {
                return false;
            }

            if (_free.FirstOrDefault(IsNext) is { } free)
            {
                _free.Remove(free);
                chunk.End = free.End;
                return true;
            }

            if (_open.Find(IsNext) is { } untouched)
            {
                chunk.End = untouched.End;
                untouched.End = untouched.Position;
                untouched.Lose();
                return true;
            }

            return false;
        }

        bool IsNext(Chunk other) =>
            !other.IsDone && other.Position == chunk.End && other.Position == other.Begun.Position && other.End <= end;
    }

    /// <summary>The connection is through with it, or leaves the rest to others.</summary>
    public void Release(Chunk chunk)
    {
        lock (_lock)
        {
            _open.Remove(chunk);
            if (!chunk.IsDone)
            {
                _free.AddFirst(new Chunk(new(chunk.Position, chunk.End), chunk.TakenOver));
            }
        }
    }

    private Chunk? FindVictim()
    {
        var now = _time.GetTimestamp();
        return _open.MaxBy(chunk => TimeLeft(chunk, now)) is { } slowest && TimeLeft(slowest, now) is var left
            && left >= ShortestTheft + (4 * Latency)
            && (slowest.Left >= 2 * SmallestHalf || (left >= Hopeless && slowest.TakenOver < MostTakeovers))
                ? slowest
                : null;
    }

    private static Chunk TakeFrom(Chunk victim)
    {
        if (victim.Left >= 2 * SmallestHalf)
        {
            var middle = victim.Position + (victim.Left / 2);
            var half = new Chunk(new(middle, victim.End), victim.TakenOver);
            victim.End = middle;
            return half;
        }

        var all = new Chunk(new(victim.Position, victim.End), victim.TakenOver + 1);
        victim.End = victim.Position;
        victim.Lose();
        return all;
    }

    /// <summary>At the speed that it had so far; silence is not expected to end sooner than it has lasted.</summary>
    private TimeSpan TimeLeft(Chunk chunk, long now)
    {
        if (chunk.IsDone)
        {
            return TimeSpan.Zero;
        }

        var bytes = chunk.Position - chunk.Begun.Position;
        var speed = bytes > 0
            ? bytes / _time.GetElapsedTime(chunk.Begun.At, now).TotalSeconds
            : Claimed / _time.GetElapsedTime(_begun, now).TotalSeconds / _open.Count;
        var silence = 2 * _time.GetElapsedTime(chunk.LastByteAt, now);
        var atSpeed = speed > 0 ? TimeSpan.FromSeconds(Math.Min(chunk.Left / speed, TimeSpan.FromDays(1).TotalSeconds)) : silence;
        return atSpeed > silence ? atSpeed : silence;
    }
}
