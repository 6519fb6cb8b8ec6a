namespace AniWorld.Blazor.Library;

/// <summary>Which series are selected, by their keys. A range grows and shrinks from where it was begun.</summary>
internal sealed class LibrarySelection
{
    private readonly HashSet<string> _keys = [];
    private HashSet<string> _before = [];
    private string? _anchor;

    public int Count => _keys.Count;

    public IReadOnlyCollection<string> Keys => _keys;

    public bool Contains(string key) => _keys.Contains(key);

    /// <summary>Selects or deselects one, from which the next range begins.</summary>
    public void Flip(string key)
    {
        if (!_keys.Remove(key))
        {
            _keys.Add(key);
        }

        _anchor = key;
        _before = [.. _keys];
    }

    /// <summary>Selects all from where the range was begun to <paramref name="key"/>, instead of those of the last range.</summary>
    /// <param name="order">Keys of all that are listed.</param>
    public void Extend(string key, IReadOnlyList<string> order)
    {
        var (to, from) = (IndexOf(order, key), _anchor is null ? -1 : IndexOf(order, _anchor));
        if (to < 0 || from < 0)
        {
            Flip(key);
            return;
        }

        _keys.Clear();
        _keys.UnionWith(_before);
        for (var i = Math.Min(from, to); i <= Math.Max(from, to); i++)
        {
            _keys.Add(order[i]);
        }
    }

    public void SelectAll(IEnumerable<string> keys)
    {
        _keys.UnionWith(keys);
        _before = [.. _keys];
    }

    public void Clear()
    {
        _keys.Clear();
        _before.Clear();
        _anchor = null;
    }

    private static int IndexOf(IReadOnlyList<string> order, string key)
    {
        for (var i = 0; i < order.Count; i++)
        {
            if (order[i] == key)
            {
                return i;
            }
        }

        return -1;
    }
}
