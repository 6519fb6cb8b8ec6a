namespace AniWorld.Services.Progress;

/// <summary>Sessions that ended a moment ago, for the socket that was let in just before and is registered just after.</summary>
internal sealed class EndedSessions
{
    private const int Kept = 256;

    private readonly Lock _gate = new();
    private readonly Queue<string> _sessions = new();

    public void Add(string sessionId)
    {
        lock (_gate)
        {
            if (_sessions.Count == Kept)
            {
                _sessions.Dequeue();
            }

            _sessions.Enqueue(sessionId);
        }
    }

    public bool Contains(string sessionId)
    {
        lock (_gate)
        {
            return _sessions.Contains(sessionId);
        }
    }
}
