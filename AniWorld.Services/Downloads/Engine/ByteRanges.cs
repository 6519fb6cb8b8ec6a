namespace AniWorld.Services.Downloads.Engine;

/// <summary>Bytes from <paramref name="Start"/> up to, not including, <paramref name="End"/>.</summary>
internal readonly record struct ByteRange(long Start, long End)
{
    public long Length => End - Start;
}

/// <summary>A set of byte positions, kept as sorted ranges that do not touch. Not safe for several threads.</summary>
internal sealed class ByteRanges
{
    private readonly List<ByteRange> _ranges = [];

    public IReadOnlyList<ByteRange> All => _ranges;

    public long Count => _ranges.Sum(range => range.Length);

    public void Add(ByteRange added)
    {
        if (added.Length <= 0)
        {
            return;
        }

        var first = _ranges.FindIndex(range => range.End >= added.Start);
        if (first < 0)
        {
            _ranges.Add(added);
            return;
        }

        var last = first;
        while (last < _ranges.Count && _ranges[last].Start <= added.End)
        {
            added = new(Math.Min(added.Start, _ranges[last].Start), Math.Max(added.End, _ranges[last].End));
            last++;
        }

        _ranges.RemoveRange(first, last - first);
        _ranges.Insert(first, added);
    }

    /// <summary>What of the first <paramref name="length"/> bytes is not in the set, in order.</summary>
    public List<ByteRange> Missing(long length)
    {
        var missing = new List<ByteRange>();
        var position = 0L;
        foreach (var range in _ranges.TakeWhile(range => range.Start < length))
        {
            if (range.Start > position)
            {
                missing.Add(new(position, range.Start));
            }

            position = range.End;
        }

        if (position < length)
        {
            missing.Add(new(position, length));
        }

        return missing;
    }

    public void Clear() => _ranges.Clear();
}
