using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AniWorld.Services.Nodes.Backplane;

namespace AniWorld.Services.Auth;

/// <summary>Tickets in Redis, so that any node takes what another one gave out. Sealed: who can write there can make none.</summary>
internal sealed class SharedTickets(RedisLink redis, SigningKey key)
{
    private const int SealLength = 2 * HMACSHA256.HashSizeInBytes;

    /// <returns>Whether Redis has it now.</returns>
    public async Task<bool> TryAddAsync(string ticket, Credentials credential, TimeSpan lifetime)
    {
        var json = JsonSerializer.Serialize(credential);
        return await redis.TryAddAsync(NameOf(ticket), Seal(ticket, json) + json, lifetime) is true;
    }

    /// <returns><see langword="null"/> for one that is not there, any more or at all.</returns>
    public async Task<Credentials?> TakeAsync(string ticket)
    {
        if (await redis.TakeAsync(NameOf(ticket)) is not { } stored || stored.Length < SealLength)
        {
            return null;
        }

        var json = stored[SealLength..];
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(stored[..SealLength]), Encoding.UTF8.GetBytes(Seal(ticket, json)))
            ? JsonSerializer.Deserialize<Credentials>(json)
            : null;
    }

    /// <summary>Who can read Redis learns no ticket.</summary>
    private static string NameOf(string ticket) => $"ticket:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ticket)))}";

    private string Seal(string ticket, string json) => Convert.ToHexStringLower(HMACSHA256.HashData(key.Bytes, Encoding.UTF8.GetBytes($"{ticket}:{json}")));
}
