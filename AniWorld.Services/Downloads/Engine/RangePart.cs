namespace AniWorld.Services.Downloads.Engine;

/// <summary>The part file of a direct download: which ranges are there, of which file on the server.</summary>
internal sealed class RangePart : IDisposable
{
    private readonly PartFile _file;
    private readonly Lock _lock = new();
    private readonly ByteRanges _done = new();

    public RangePart(PartFile file)
    {
        _file = file;
        if (JournalFile.Load<RangeJournal>(file.Paths, RangeJournal.File) is { } journal && journal.Done.All(pair => pair is [>= 0, _] && pair[0] <= pair[1]))
        {
            Resume(journal);
        }
    }

    /// <summary>Of the file that the bytes here belong to; <see langword="null"/> when there are none.</summary>
    public Validators? Origin { get; private set; }

    public long Done
    {
        get
        {
            lock (_lock)
            {
                return _done.Count;
            }
        }
    }

    public bool IsComplete => Origin is { Length: { } length } && Done == length && _file.Length == length;

    public IReadOnlyList<ByteRange> Missing
    {
        get
        {
            lock (_lock)
            {
                return _done.Missing(Origin?.Length ?? 0);
            }
        }
    }

    /// <summary>Starts on a file, from nothing.</summary>
    public void Begin(Validators origin)
    {
        Forget();
        _file.Clear();
        Origin = origin;
        _file.Resize(origin.Length ?? 0, origin.Length ?? 0);
    }

    /// <summary>Looks whether what is missing has room.</summary>
    public void GoOn() => _file.Resize(Origin!.Length!.Value, Origin.Length.Value - Done);

    /// <summary>Takes what is there for nothing; it stays on disk until <see cref="Begin"/> has something in its place.</summary>
    public void Forget()
    {
        Origin = null;
        lock (_lock)
        {
            _done.Clear();
        }
    }

    public ValueTask WriteAsync(ReadOnlySpan<byte> bytes, long offset)
    {
        _file.Write(bytes, offset);
        lock (_lock)
        {
            _done.Add(new(offset, offset + bytes.Length));
        }

        return _file.KeepAsync(bytes.Length, Snapshot);
    }

    /// <summary>All bytes came: the size is now known for certain.</summary>
    public Task CompleteAsync()
    {
        Origin = Origin! with { Length = Done };
        return _file.FlushAsync(Snapshot);
    }

    public Task SalvageAsync() => Origin is null ? Task.CompletedTask : _file.SalvageAsync(Snapshot);

    public void Dispose() => _file.Dispose();

    private void Resume(RangeJournal journal)
    {
        var origin = new Validators(journal.ETag, journal.LastModified, journal.Length);
        // The file may be shorter than the journal says; what is not there is fetched again.
        var there = _file.Length;
        foreach (var pair in journal.Done)
        {
            _done.Add(new(pair[0], Math.Min(Math.Min(pair[1], there), journal.Length ?? long.MaxValue)));
        }

        if (there <= (origin.Length ?? 0) && (origin.CanRecognise || (origin.Length is { } length && _done.Count == length)))
        {
            Origin = origin;
            if (_done.Count < journal.Done.Sum(pair => pair[1] - pair[0]))
            {
                // Before the file gets its length back: what it lost would pass for fetched after the next kill.
                JournalFile.Save(_file.Paths, Snapshot());
            }
        }
        else
        {
            _done.Clear();
        }
    }

    private RangeJournal Snapshot()
    {
        lock (_lock)
        {
            return new()
            {
                ETag = Origin?.ETag,
                LastModified = Origin?.LastModified,
                Length = Origin?.Length,
                Done = [.. _done.All.Select(range => new[] { range.Start, range.End })],
            };
        }
    }
}
