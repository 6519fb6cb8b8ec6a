namespace AniWorld.Services.Downloads.Engine.Hls;

/// <summary>A segment in memory, as it will lie on disk. Gives its memory back when disposed of.</summary>
internal sealed class SegmentData(SegmentMemory memory, int index) : IDisposable
{
    private readonly List<byte[]> _blocks = [];
    private readonly List<ReadOnlyMemory<byte>> _parts = [];

    public int Index => index;

    public int Length { get; private set; }

    /// <summary>Its bytes, in order.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Parts => _parts;

    /// <summary>An empty block for the next bytes; say with <see cref="Add"/> how many there are.</summary>
    public async ValueTask<byte[]> RentAsync(CancellationToken cancellationToken)
    {
        var block = await memory.RentAsync(index, cancellationToken);
        _blocks.Add(block);
        return block;
    }

    public void Add(ReadOnlyMemory<byte> bytes)
    {
        _parts.Add(bytes);
        Length += bytes.Length;
    }

    public string Checksum()
    {
        var sum = new Checksum();
        _parts.ForEach(part => sum.Add(part.Span));
        return sum.ToString();
    }

    public byte[] ToArray()
    {
        var all = new byte[Length];
        var at = 0;
        foreach (var part in _parts)
        {
            part.Span.CopyTo(all.AsSpan(at));
            at += part.Length;
        }

        return all;
    }

    public void Clear()
    {
        memory.Return(_blocks);
        _blocks.Clear();
        _parts.Clear();
        Length = 0;
    }

    public void Dispose() => Clear();
}
