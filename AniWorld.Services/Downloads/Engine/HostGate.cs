using AniWorld.Services.Faults;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>Lets so many connections to a host be open. Who has the fewest comes next, among equals who came first.</summary>
internal sealed class HostGate(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HostState> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, DateTimeOffset> _rests = new(StringComparer.OrdinalIgnoreCase);
    private int _perHost = 16;

    public int PerHost
    {
        get => Volatile.Read(ref _perHost);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            lock (_lock)
            {
                _perHost = value;
                foreach (var host in _hosts.Values)
                {
                    LetIn(host);
                }
            }
        }
    }

    public void Rest(Uri uri, TimeSpan duration)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            foreach (var (host, until) in _rests.Where(rest => rest.Value <= now).ToList())
            {
                _rests.Remove(host);
            }

            if (!_rests.TryGetValue(uri.Authority, out var present) || present < now + duration)
            {
                _rests[uri.Authority] = now + duration;
            }
        }
    }

    public TimeSpan RestOf(Uri uri)
    {
        lock (_lock)
        {
            return _rests.TryGetValue(uri.Authority, out var until) && until - time.GetUtcNow() is { Ticks: > 0 } rest ? rest : TimeSpan.Zero;
        }
    }

    /// <param name="owner">Whose connection it is: a download.</param>
    public Task<HostConnection> ConnectAsync(object owner, Uri uri, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (RestOf(uri) is { Ticks: > 0 } rest)
        {
            throw Resting(uri, rest);
        }

        var waiter = new HostWaiter(owner);
        lock (_lock)
        {
            if (!_hosts.TryGetValue(uri.Authority, out var host))
            {
                _hosts.Add(uri.Authority, host = new(uri.Authority));
            }

            host.Waiters.AddLast(waiter);
            LetIn(host);
            if (!waiter.Task.IsCompleted)
            {
                waiter.StopWith(() => Forget(host, waiter), cancellationToken);
            }
        }

        return waiter.Task;
    }

    internal void Leave(HostState host, object owner)
    {
        lock (_lock)
        {
            host.Add(owner, -1);
            LetIn(host);
        }
    }

    /// <summary>Whether there are more than allowed, or somebody who waits would have fewer than <paramref name="owner"/> even with one more.</summary>
    internal bool IsOwed(HostState host, object owner)
    {
        if (host.Waiting == 0)
        {
            return host.Open > PerHost;
        }

        lock (_lock)
        {
            return host.Open > _perHost || host.Waiters.Any(waiter => host.Of(waiter.Owner) + 1 < host.Of(owner));
        }
    }

    private void Forget(HostState host, HostWaiter waiter)
    {
        lock (_lock)
        {
            host.Waiters.Remove(waiter);
            LetIn(host);
        }
    }

    private void LetIn(HostState host)
    {
        while (host.Open < _perHost && host.Waiters.Count > 0)
        {
            var next = host.Waiters.MinBy(waiter => host.Of(waiter.Owner))!;
            host.Waiters.Remove(next);
            host.Add(next.Owner, 1);
            if (!next.TryServe(new HostConnection(this, host, next.Owner)))
            {
                host.Add(next.Owner, -1);
            }
        }

        host.Waiting = host.Waiters.Count;
        if (host is { Open: 0, Waiting: 0 } && _hosts.GetValueOrDefault(host.Name) == host)
        {
            _hosts.Remove(host.Name);
        }
    }

    private static FaultException Resting(Uri uri, TimeSpan rest) => new(
        FaultCode.RateLimited,
        new Sentence("fault_host_break", uri.Authority, Math.Ceiling(rest.TotalSeconds)))
    {
        RetryAfter = rest,
    };
}

/// <summary>The connections to one host and those who wait for one. Guarded by the gate.</summary>
internal sealed class HostState(string name)
{
    private readonly Dictionary<object, int> _byOwner = [];
    private volatile int _open;
    private volatile int _waiting;

    public string Name => name;

    /// <summary>How many are open; may be read at any time.</summary>
    public int Open => _open;

    public LinkedList<HostWaiter> Waiters { get; } = new();

    /// <summary>How many wait; may be read at any time.</summary>
    public int Waiting
    {
        get => _waiting;
        set => _waiting = value;
    }

    public int Of(object owner) => _byOwner.GetValueOrDefault(owner);

    public void Add(object owner, int count)
    {
        _open += count;
        _byOwner[owner] = Of(owner) + count;
        if (_byOwner[owner] == 0)
        {
            _byOwner.Remove(owner);
        }
    }
}

internal sealed class HostWaiter(object owner) : Waiter<HostConnection>
{
    public object Owner => owner;
}

/// <summary>A connection that a host may have; disposing of it lets the next one in.</summary>
internal sealed class HostConnection(HostGate gate, HostState host, object owner) : IDisposable
{
    private bool _left;

    /// <summary>Whether it should be given up for a download that has fewer, when that can be done without loss.</summary>
    public bool IsOwed => gate.IsOwed(host, owner);

    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _left, true))
        {
            gate.Leave(host, owner);
        }
    }
}
