using AniWorld.Services.Faults;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>What all transfers of the process share: one speed, and so many connections to each host. Both change while they run.</summary>
public sealed class TransferLimits(TimeProvider time)
{
    private readonly SpeedBucket _speed = new(time);
    private readonly HostGate _hosts = new(time);
    private long _received;

    /// <summary>Bytes of media received since the start, over all transfers; those received twice count twice.</summary>
    public long BytesReceived => Volatile.Read(ref _received);

    /// <summary>Over all transfers; 0 for no limit. Takes effect at once.</summary>
    public long BytesPerSecond
    {
        get => _speed.BytesPerSecond;
        set => _speed.BytesPerSecond = value;
    }

    /// <summary>Over all transfers, at least 1. Fewer than are open close as their requests end.</summary>
    public int ConnectionsPerHost
    {
        get => _hosts.PerHost;
        set => _hosts.PerHost = value;
    }

    /// <summary>Leaves a host alone for a while, as it asked (<c>Retry-After</c>). A later end counts.</summary>
    public void Rest(Uri uri, TimeSpan duration) => _hosts.Rest(uri, duration);

    /// <returns>How long the host is still left alone; zero when it is not.</returns>
    public TimeSpan RestOf(Uri uri) => _hosts.RestOf(uri);

    /// <summary>A download's place among the others: each gets the same, however many connections it has.</summary>
    internal TransferShare Join() => new(_speed, _hosts, bytes => Interlocked.Add(ref _received, bytes));
}

/// <summary>One download's access to what all share. Safe for several threads.</summary>
internal sealed class TransferShare(SpeedBucket speed, HostGate hosts, Action<int> received)
{
    private readonly SpeedQueue _queue = new();

    /// <summary>Waits until bytes may be read.</summary>
    /// <returns>How many, from 1 to <paramref name="wanted"/>. What came of them is said to <see cref="Took"/>.</returns>
    public ValueTask<int> TakeAsync(int wanted, CancellationToken cancellationToken) => speed.TakeAsync(_queue, wanted, cancellationToken);

    /// <param name="allowed">As <see cref="TakeAsync"/> returned.</param>
    /// <param name="read">Of these; the rest is given back.</param>
    public void Took(int allowed, int read)
    {
        received(read);
        speed.GiveBack(allowed - read);
    }

    /// <summary>Waits for a connection to the host of <paramref name="uri"/>; disposing of it lets the next one in.</summary>
    /// <exception cref="FaultException"><c>rate_limited</c>: the host asked to be left alone and still is.</exception>
    public Task<HostConnection> ConnectAsync(Uri uri, CancellationToken cancellationToken) => hosts.ConnectAsync(this, uri, cancellationToken);
}
