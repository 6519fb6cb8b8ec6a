using System.Data.Common;
using Medallion.Threading.Postgres;
using Npgsql;

namespace AniWorld.Services.Nodes;

/// <summary>What only one of all nodes may do at a time.</summary>
/// <remarks>
/// Each turn is a lock of the database server's that goes with its connection, so a node that is gone holds nothing. It goes with a transaction,
/// too, and the server ends one in which nothing is said for half a minute: neither does a node that is frozen.
/// </remarks>
/// <param name="server">The database that nodes share; <see langword="null"/> where there are no others.</param>
public sealed class NodeTurns(NpgsqlDataSource? server = null)
{
    /// <summary>Longer than anybody has a turn who only looks whether another one has it.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(2);

    /// <summary>Shorter than the server waits for the next word in a transaction.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);

    /// <summary>Other nodes may want the same turn.</summary>
    public bool AreShared => server is not null;

    /// <param name="work">What it is for, such as <c>library-scan</c>.</param>
    /// <returns>To be disposed of at the end; <see langword="null"/> when another node has it.</returns>
    public Task<NodeTurn?> TryTakeAsync(string work, CancellationToken cancellationToken = default) => TryTakeAsync(work, Glance, cancellationToken);

    /// <param name="patience">How long to wait for it.</param>
    /// <inheritdoc cref="TryTakeAsync(string, CancellationToken)"/>
    public async Task<NodeTurn?> TryTakeAsync(string work, TimeSpan patience, CancellationToken cancellationToken = default)
    {
        if (server is null)
        {
            return new NodeTurn(null);
        }

        var taken = await LockOf(work, server).TryAcquireAsync(patience, cancellationToken);
        return taken is null ? null : new NodeTurn(taken);
    }

    private static PostgresDistributedLock LockOf(string work, NpgsqlDataSource server) =>
        new(new PostgresAdvisoryLockKey($"aniworld/{work}", allowHashing: true), server, options => options.UseTransaction().KeepaliveCadence(KeepAlive));
}

/// <summary>A turn that was taken.</summary>
public sealed class NodeTurn : IAsyncDisposable
{
    private readonly PostgresDistributedLockHandle? _handle;

    internal NodeTurn(PostgresDistributedLockHandle? handle) => _handle = handle;

    /// <summary>The connection broke: another node may have the turn by now.</summary>
    public CancellationToken Lost => _handle?.HandleLostToken ?? CancellationToken.None;

    public async ValueTask DisposeAsync()
    {
        try
        {
            await (_handle?.DisposeAsync() ?? default);
        }
        catch (Exception e) when (e is InvalidOperationException or DbException)
        {
            // Its connection is gone, and the turn with it.
        }
    }
}
