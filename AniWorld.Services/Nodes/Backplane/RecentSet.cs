namespace AniWorld.Services.Nodes.Backplane;

/// <summary>The last of what was added, to know it again. Thread-safe.</summary>
/// <param name="capacity">How many are known; the oldest is forgotten first.</param>
internal sealed class RecentSet<T>(int capacity)
    where T : notnull
{
    private readonly Lock _gate = new();
    private readonly HashSet<T> _known = [];
    private readonly Queue<T> _order = [];

    /// <returns>False for one that is known already.</returns>
    public bool Add(T one)
    {
        lock (_gate)
        {
            if (!_known.Add(one))
            {
                return false;
            }

            _order.Enqueue(one);
            if (_order.Count > capacity)
            {
                _known.Remove(_order.Dequeue());
            }

            return true;
        }
    }
}
