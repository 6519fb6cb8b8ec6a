namespace AniWorld.SampleSite.Faults;

/// <summary>What was asked of the site: the newest 10,000 requests. Those of the control API do not count.</summary>
public sealed class RequestLog(TimeProvider time)
{
    private const int Capacity = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<LoggedRequest> _requests = new();
    private readonly List<Waiter> _waiters = [];
    private int _lastNumber;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<LoggedRequest> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _requests.Clear();
        }
    }

    /// <summary>Waits for a request that arrives, or is over, with this condition met; one that is logged already counts.</summary>
    public async Task<LoggedRequest> WaitForAsync(Predicate<LoggedRequest> condition, CancellationToken cancellationToken = default)
    {
        var waiter = new Waiter(condition);
        lock (_lock)
        {
            if (_requests.FirstOrDefault(request => condition(request)) is { } known)
            {
                return known;
            }

            _waiters.Add(waiter);
        }

        try
        {
            return await waiter.Found.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_lock)
            {
                _waiters.Remove(waiter);
            }
        }
    }

    internal LoggedRequest Begin(HttpContext context)
    {
        var request = context.Request;
        var headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        lock (_lock)
        {
            var path = request.Path.ToUriComponent() + request.QueryString.ToUriComponent();
            var entry = new LoggedRequest(++_lastNumber, request.Method, path, headers, context.Connection.Id, time.GetUtcNow());
            _requests.Enqueue(entry);
            if (_requests.Count > Capacity)
            {
                _requests.Dequeue();
            }

            Tell(entry);
            return entry;
        }
    }

    internal void End(LoggedRequest entry, int status)
    {
        lock (_lock)
        {
            entry.Status = status;
            entry.EndedAt = time.GetUtcNow();
            Tell(entry);
        }
    }

    private void Tell(LoggedRequest entry)
    {
        foreach (var waiter in _waiters.Where(waiter => waiter.Condition(entry)))
        {
            waiter.Found.TrySetResult(entry);
        }
    }

    private sealed class Waiter(Predicate<LoggedRequest> condition)
    {
        public Predicate<LoggedRequest> Condition => condition;

        public TaskCompletionSource<LoggedRequest> Found { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
