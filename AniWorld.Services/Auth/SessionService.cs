using System.Collections.Concurrent;
using AniWorld.Data;
using AniWorld.Data.Auth;
using AniWorld.Data.History;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Auth;

/// <summary>The log-ins that count: made, looked up, listed, ended.</summary>
public sealed class SessionService
{
    /// <summary>How long a look-up is believed: with several processes, an end elsewhere is known here that much later.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Short = TimeSpan.FromHours(24);
    private static readonly TimeSpan Long = TimeSpan.FromDays(30);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>So long a revoked session stays, for every node to see that it is.</summary>
    private static readonly TimeSpan Shown = TimeSpan.FromMinutes(1);

    private readonly IDbContextFactory<AniWorldDbContext> _databases;
    private readonly SessionTokens _tokens;
    private readonly LastSeen _lastSeen;
    private readonly Revocations _revocations;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, Look> _looks = [];

    internal SessionService(
        IDbContextFactory<AniWorldDbContext> databases, SessionTokens tokens, LastSeen lastSeen, Revocations revocations, TimeProvider time)
    {
        _databases = databases;
        _tokens = tokens;
        _lastSeen = lastSeen;
        _revocations = revocations;
        _time = time;
        revocations.SessionRevoked += id => _looks.TryRemove(id, out _);
    }

    /// <summary>Whether the session exists, is not revoked and has not expired.</summary>
    public async Task<bool> IsLiveAsync(string sessionId, CancellationToken cancellationToken = default)
    {
        var now = _time.GetUtcNow();
        if (!_looks.TryGetValue(sessionId, out var look) || now - look.At >= Freshness || now < look.At)
        {
            await using var database = await _databases.CreateDbContextAsync(cancellationToken);
            var expiresAt = await database.Sessions.Where(s => s.Id == sessionId && s.RevokedAt == null)
                .Select(s => (DateTimeOffset?)s.ExpiresAt).SingleOrDefaultAsync(cancellationToken);
            if (expiresAt is null)
            {
                _looks.TryRemove(sessionId, out _);
                return false;
            }

            _looks[sessionId] = look = new Look(now, expiresAt.Value);
        }

        _lastSeen.Note(sessionId);
        return now <= look.ExpiresAt + Grace;
    }

    /// <summary>The live sessions, the last used one first.</summary>
    public async Task<IReadOnlyList<UserSession>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var now = _time.GetUtcNow();
        var sessions = await database.Sessions.AsNoTracking()
            .Where(s => s.RevokedAt == null && s.ExpiresAt > now).ToListAsync(cancellationToken);
        foreach (var session in sessions)
        {
            session.LastSeenAt = _lastSeen.Of(session.Id) ?? session.LastSeenAt;
        }

        return [.. sessions.OrderByDescending(s => s.LastSeenAt)];
    }

    /// <returns><see langword="false"/> when no live session has that id.</returns>
    public async Task<bool> RevokeAsync(string sessionId, string reason, CancellationToken cancellationToken = default)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var session = await database.Sessions.SingleOrDefaultAsync(s => s.Id == sessionId && s.RevokedAt == null, cancellationToken);
        if (session is null)
        {
            return false;
        }

        session.RevokedAt = _time.GetUtcNow();
        database.History.Add(HistoryEvent.Of(reason, ("session", sessionId), ("address", session.Address)));
        await database.SaveChangesAsync(cancellationToken);
        Forget([sessionId]);
        return true;
    }

    /// <summary>Ends all sessions but one.</summary>
    /// <returns>How many were ended.</returns>
    public async Task<int> RevokeOthersAsync(string kept, CancellationToken cancellationToken = default)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var ended = await MarkRevokedAsync(database, kept, cancellationToken);
        database.History.AddRange(ended.Select(id => HistoryEvent.Of("auth.session_revoked", ("session", id))));
        await database.SaveChangesAsync(cancellationToken);
        Forget(ended);
        return ended.Count;
    }

    internal async Task<IssuedSession> CreateAsync(Caller caller, bool remember, CancellationToken cancellationToken)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var now = _time.GetUtcNow();
        var session = new UserSession
        {
            Id = Guid.NewGuid().ToString("N"),
            LastSeenAt = now,
            ExpiresAt = DateTimeOffset.FromUnixTimeSeconds((now + (remember ? Long : Short)).ToUnixTimeSeconds()),
            Address = caller.ShownAddress,
            UserAgent = caller.ShortUserAgent,
        };
        database.Sessions.Add(session);
        database.History.Add(HistoryEvent.Of("auth.login", ("session", session.Id), ("address", session.Address)));
        await database.SaveChangesAsync(cancellationToken);
        return new IssuedSession(session.Id, _tokens.Issue(session.Id, session.ExpiresAt), session.ExpiresAt);
    }

    /// <summary>Marks all live sessions but one as revoked, to be saved with what else changes; <see cref="Forget"/> comes after that.</summary>
    internal async Task<IReadOnlyList<string>> MarkRevokedAsync(
        AniWorldDbContext database, string? except, CancellationToken cancellationToken)
    {
        var sessions = await database.Sessions.Where(s => s.RevokedAt == null && s.Id != except).ToListAsync(cancellationToken);
        sessions.ForEach(s => s.RevokedAt = _time.GetUtcNow());
        return [.. sessions.Select(s => s.Id)];
    }

    internal void Forget(IEnumerable<string> sessionIds)
    {
        foreach (var id in sessionIds)
        {
            _revocations.Announce(id);
        }
    }

    /// <summary>Saves when sessions were last seen, and removes those that have ended.</summary>
    internal async Task TidyAsync(IReadOnlyDictionary<string, DateTimeOffset> seen, CancellationToken cancellationToken)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        foreach (var (id, at) in seen)
        {
            await database.Sessions.Where(s => s.Id == id)
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.LastSeenAt, at), cancellationToken);
        }

        var now = _time.GetUtcNow();
        var (end, shown) = (now - Grace, now - Shown);
        var ended = await database.Sessions.Where(s => s.RevokedAt < shown || s.ExpiresAt < end).ToListAsync(cancellationToken);
        if (ended.Count > 0)
        {
            database.Sessions.RemoveRange(ended);
            await database.SaveChangesAsync(cancellationToken);
            // Those that were revoked, too: another process may have done that.
            Forget(ended.Select(s => s.Id));
        }
    }

    private sealed record Look(DateTimeOffset At, DateTimeOffset ExpiresAt);
}

/// <summary>A log-in that succeeded.</summary>
/// <param name="Token">The JWT; handed out once, kept nowhere.</param>
public sealed record IssuedSession(string SessionId, string Token, DateTimeOffset ExpiresAt);
