using System.Collections.Concurrent;

namespace AniWorld.Services.Auth;

/// <summary>When sessions and keys were last used. Kept in memory and saved once a minute, so that reading never waits for a write.</summary>
internal sealed class LastSeen(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _times = [];

    public void Note(string id) => _times[id] = time.GetUtcNow();

    public DateTimeOffset? Of(string id) => _times.TryGetValue(id, out var at) ? at : null;

    /// <summary>Takes out what was noted since the last call.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Take()
    {
        var taken = new Dictionary<string, DateTimeOffset>();
        foreach (var id in _times.Keys)
        {
            if (_times.TryRemove(id, out var at))
            {
                taken[id] = at;
            }
        }

        return taken;
    }
}
