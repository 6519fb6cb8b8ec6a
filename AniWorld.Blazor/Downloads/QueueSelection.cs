namespace AniWorld.Blazor.Downloads;

/// <summary>Which downloads are selected. With Shift, everything from the last one that was clicked.</summary>
internal sealed class QueueSelection
{
    private readonly HashSet<Guid> _ids = [];
    private Guid? _last;

    public IReadOnlySet<Guid> Ids => _ids;

    /// <param name="lines">As shown, in order.</param>
    public void Toggle(QueueLine line, bool range, IReadOnlyList<QueueLine> lines)
    {
        var selected = !_ids.Contains(line.Item.Id);
        var (from, to) = (PlaceOf(lines, _last), PlaceOf(lines, line.Item.Id));
        Set(range && from >= 0 && to >= 0 ? [.. lines.Skip(Math.Min(from, to)).Take(Math.Abs(to - from) + 1)] : [line], selected);
        _last = line.Item.Id;
    }

    public void Set(IReadOnlyList<QueueLine> lines, bool selected)
    {
        foreach (var line in lines)
        {
            _ = selected ? _ids.Add(line.Item.Id) : _ids.Remove(line.Item.Id);
        }
    }

    public void Clear() => _ids.Clear();

    /// <summary>What is no longer listed is no longer selected.</summary>
    public void Keep(IEnumerable<QueueLine> listed) => _ids.IntersectWith(listed.Select(line => line.Item.Id));

    private static int PlaceOf(IReadOnlyList<QueueLine> lines, Guid? id)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Item.Id == id)
            {
                return i;
            }
        }

        return -1;
    }
}
