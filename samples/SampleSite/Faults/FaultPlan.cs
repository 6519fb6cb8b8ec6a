namespace AniWorld.SampleSite.Faults;

/// <summary>The faults in force, oldest first. A request meets the first one that concerns it, and one that throttles.</summary>
public sealed class FaultPlan
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];
    private int _lastId;

    /// <summary>Those in force, with what is left of their counts, by id.</summary>
    public IReadOnlyDictionary<int, Fault> Active
    {
        get
        {
            lock (_lock)
            {
                return _entries.ToDictionary(entry => entry.Id, entry => entry.Fault with { Skip = entry.Skip, Times = entry.Times });
            }
        }
    }

    /// <returns>An id to take it back with.</returns>
    public int Add(Fault fault)
    {
        lock (_lock)
        {
            _entries.Add(new Entry(++_lastId, fault) { Skip = fault.Skip, Times = fault.Times });
            return _lastId;
        }
    }

    /// <returns>Whether it was in force.</returns>
    public bool Remove(int id)
    {
        lock (_lock)
        {
            return _entries.RemoveAll(entry => entry.Id == id) > 0;
        }
    }

    /// <summary>From now on all is well. An answer that is under way keeps its fault.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
        }
    }

    internal (Fault? Fault, Fault? Throttle) Take(HttpRequest request)
    {
        lock (_lock)
        {
            return (TakeFirst(request, isThrottle: false), TakeFirst(request, isThrottle: true));
        }
    }

    private Fault? TakeFirst(HttpRequest request, bool isThrottle)
    {
        foreach (var entry in _entries.Where(entry => entry.Fault.Kind == FaultKind.Throttle == isThrottle && entry.Fault.Concerns(request)))
        {
            if (entry.Skip > 0)
            {
                entry.Skip--;
                continue;
            }

            if (entry.Times is { } times && (entry.Times = times - 1) == 0)
            {
                _entries.Remove(entry);
            }

            return entry.Fault;
        }

        return null;
    }

    private sealed class Entry(int id, Fault fault)
    {
        public int Id => id;

        public Fault Fault => fault;

        public int Skip { get; set; }

        public int? Times { get; set; }
    }
}
