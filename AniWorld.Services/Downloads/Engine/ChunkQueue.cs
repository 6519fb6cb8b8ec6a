using System.Diagnostics.CodeAnalysis;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>A piece of a file that one connection works on.</summary>
internal sealed class Chunk(ByteRange range)
{
    /// <summary>The next byte to fetch.</summary>
    public long Position { get; set; } = range.Start;

    public long End { get; set; } = range.End;

    public bool IsDone => Position >= End;
}

/// <summary>The pieces that are still to fetch; connections take from it until it is empty.</summary>
internal sealed class ChunkQueue
{
    private const long Smallest = 1L << 20;
    private const long Largest = 32L << 20;
    private const int PerConnection = 4;

    private readonly Lock _lock = new();
    private readonly LinkedList<Chunk> _free = new();
    private int _working;

    public ChunkQueue(IReadOnlyList<ByteRange> missing, int connections)
    {
        var size = Math.Clamp(missing.Sum(range => range.Length) / (connections * PerConnection), Smallest, Largest);
        foreach (var range in missing)
        {
            for (var start = range.Start; start < range.End; start += size)
            {
                _free.AddLast(new Chunk(new(start, Math.Min(start + size, range.End))));
            }
        }

        _working = Workers = Math.Min(connections, _free.Count);
    }

    /// <summary>How many connections have something to do.</summary>
    public int Workers { get; }

    public bool OthersWork
    {
        get
        {
            lock (_lock)
            {
                return _working > 1;
            }
        }
    }

    /// <summary>The next piece; false ends the caller's work.</summary>
    public bool TryTake([NotNullWhen(true)] out Chunk? chunk)
    {
        lock (_lock)
        {
            chunk = _free.First?.Value;
            if (chunk is null)
            {
                _working--;
                return false;
            }

            _free.RemoveFirst();
            return true;
        }
    }

    /// <summary>Lets a connection that is at the end of its piece go on into the next one, if nobody has taken it.</summary>
    public bool TryExtend(Chunk chunk, long limit)
    {
        lock (_lock)
        {
            if (_free.First is { Value: var next } node && next.Position == chunk.End && next.End <= limit)
            {
                _free.Remove(node);
                chunk.End = next.End;
                return true;
            }

            return false;
        }
    }

    /// <summary>Puts a piece back and ends the caller's work, unless nobody else is left to do it.</summary>
    public bool TryLeaveTo(Chunk chunk)
    {
        lock (_lock)
        {
            if (_working <= 1)
            {
                return false;
            }

            _working--;
            _free.AddFirst(chunk);
            return true;
        }
    }
}
