using AniWorld.Data;
using AniWorld.Data.Auth;
using AniWorld.Data.History;
using AniWorld.Services.Nodes.Backplane;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Auth;

/// <summary>How often a password may be tried. The failures are in the database: a restart forgives nothing, and all nodes count together.</summary>
/// <param name="redis">Keeps the slow pace for all nodes; without it, each keeps its own.</param>
internal sealed class LoginLimits(IDbContextFactory<AniWorldDbContext> databases, TimeProvider time, RedisLink? redis = null)
{
    public const int FailuresPerAddress = 5;
    public const int FailuresFromEverywhere = 50;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan SlowPace = TimeSpan.FromSeconds(2);

    private const string Pace = "login-pace";

    private readonly Lock _pace = new();
    private DateTimeOffset _nextTry;

    /// <returns>How long this address has to wait; <see langword="null"/> when it may try now.</returns>
    public async Task<TimeSpan?> WaitAsync(string address, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var recent = database.LoginFailures.Where(f => f.At > now - Window);
        var own = await recent.Where(f => f.Address == address).OrderByDescending(f => f.At)
            .Take(FailuresPerAddress).Select(f => f.At).ToListAsync(cancellationToken);
        if (own.Count == FailuresPerAddress)
        {
            var wait = own[^1] + Window - now;
            return wait > Window ? Window : wait;
        }

        return await recent.CountAsync(cancellationToken) >= FailuresFromEverywhere ? await PacedAsync(now) : null;
    }

    public async Task RecordFailureAsync(string address, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        database.LoginFailures.Add(new LoginFailure { Address = address, At = now });
        database.History.Add(HistoryEvent.Of("auth.login_failed", ("address", address)));
        await database.SaveChangesAsync(cancellationToken);
        await database.LoginFailures.Where(f => f.At <= now - Window).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<TimeSpan?> PacedAsync(DateTimeOffset now)
    {
        if (redis is not null && await redis.TryAddAsync(Pace, "", SlowPace) is { } isFirst)
        {
            return isFirst ? null : await redis.LifetimeAsync(Pace) ?? SlowPace;
        }

        lock (_pace)
        {
            // More than one pace ahead means that the clock was set back.
            if (now < _nextTry && _nextTry - now <= SlowPace)
            {
                return _nextTry - now;
            }

            _nextTry = now + SlowPace;
            return null;
        }
    }
}
