using System.Security.Cryptography;
using System.Text;
using AniWorld.Data;
using AniWorld.Data.Auth;
using AniWorld.Data.History;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Auth;

/// <summary>Keys for programs: <c>aw_&lt;prefix&gt;_&lt;secret&gt;</c>, of which only the prefix and a hash are kept.</summary>
public sealed class ApiKeyService
{
    private const string Mark = "aw_";
    private const int PrefixLength = 8;

    private readonly IDbContextFactory<AniWorldDbContext> _databases;
    private readonly LastSeen _lastSeen;
    private readonly Revocations _revocations;
    private readonly TimeProvider _time;

    internal ApiKeyService(
        IDbContextFactory<AniWorldDbContext> databases, LastSeen lastSeen, Revocations revocations, TimeProvider time)
    {
        _databases = databases;
        _lastSeen = lastSeen;
        _revocations = revocations;
        _time = time;
    }

    /// <summary>How a key is named beside sessions, for instance by <see cref="Revocations"/>.</summary>
    public static string CredentialId(string prefix) => $"key:{prefix}";

    /// <param name="scopes">Of <see cref="Scope"/>, at least one.</param>
    public async Task<CreatedKey> CreateAsync(
        string name, IReadOnlyList<string> scopes, DateTimeOffset? expiresAt, CancellationToken cancellationToken = default)
    {
        var prefix = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PrefixLength / 2));
        var text = $"{Mark}{prefix}_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}";
        var key = new ApiKey
        {
            Prefix = prefix,
            Name = name,
            Hash = Hash(text),
            Scopes = [.. scopes.Distinct()],
            ExpiresAt = expiresAt,
        };
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        database.ApiKeys.Add(key);
        database.History.Add(HistoryEvent.Of("auth.key_created", ("key", prefix), ("name", name), ("scopes", string.Join(' ', key.Scopes))));
        await database.SaveChangesAsync(cancellationToken);
        return new CreatedKey(key, text);
    }

    /// <summary>Keys that are not revoked, expired ones among them, the newest first.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var keys = await database.ApiKeys.AsNoTracking().Where(k => k.RevokedAt == null)
            .OrderByDescending(k => k.CreatedAt).ToListAsync(cancellationToken);
        keys.ForEach(k => k.LastUsedAt = _lastSeen.Of(CredentialId(k.Prefix)) ?? k.LastUsedAt);
        return keys;
    }

    /// <returns><see langword="false"/> when there is no such key, or no longer.</returns>
    public async Task<bool> RevokeAsync(string prefix, CancellationToken cancellationToken = default)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var key = await database.ApiKeys.SingleOrDefaultAsync(k => k.Prefix == prefix && k.RevokedAt == null, cancellationToken);
        if (key is null)
        {
            return false;
        }

        key.RevokedAt = _time.GetUtcNow();
        database.History.Add(HistoryEvent.Of("auth.key_revoked", ("key", prefix), ("name", key.Name)));
        await database.SaveChangesAsync(cancellationToken);
        _revocations.Announce(CredentialId(prefix));
        return true;
    }

    /// <returns><see langword="null"/> for text that is no key, and for an unknown, revoked or expired one.</returns>
    public async Task<Credentials?> CheckAsync(string text, CancellationToken cancellationToken = default)
    {
        if (Prefix(text) is not { } prefix || await FindLiveAsync(prefix, cancellationToken) is not { } key)
        {
            return null;
        }

        var isRight = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(text)), Encoding.ASCII.GetBytes(key.Hash));
        if (!isRight)
        {
            return null;
        }

        _lastSeen.Note(CredentialId(prefix));
        return new Credentials(CredentialId(prefix), IsSession: false, key.Scopes, key.ExpiresAt);
    }

    /// <param name="credentialId">In the form of <see cref="CredentialId"/>.</param>
    public async Task<bool> IsLiveAsync(string credentialId, CancellationToken cancellationToken = default) =>
        await FindLiveAsync(credentialId.Split(':')[^1], cancellationToken) is not null;

    internal async Task TidyAsync(IReadOnlyDictionary<string, DateTimeOffset> seen, CancellationToken cancellationToken)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        foreach (var (id, at) in seen)
        {
            var prefix = id.Split(':')[^1];
            await database.ApiKeys.Where(k => k.Prefix == prefix)
                .ExecuteUpdateAsync(k => k.SetProperty(x => x.LastUsedAt, at), cancellationToken);
        }
    }

    private async Task<ApiKey?> FindLiveAsync(string prefix, CancellationToken cancellationToken)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var now = _time.GetUtcNow();
        return await database.ApiKeys.AsNoTracking().SingleOrDefaultAsync(
            k => k.Prefix == prefix && k.RevokedAt == null && (k.ExpiresAt == null || k.ExpiresAt > now), cancellationToken);
    }

    private static string? Prefix(string text) =>
        text.StartsWith(Mark, StringComparison.Ordinal) && text.Split('_') is [_, { Length: PrefixLength } prefix, _] ? prefix : null;

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <param name="Text">The whole key; shown once, kept nowhere.</param>
public sealed record CreatedKey(ApiKey Key, string Text);
