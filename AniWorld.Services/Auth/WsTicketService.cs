using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace AniWorld.Services.Auth;

/// <summary>Tickets that open one WebSocket each, so that no token has to stand in an address. In memory: a restart voids them.</summary>
public sealed class WsTicketService(TimeProvider time)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Entry> _tickets = [];

    /// <param name="credential">What the socket will be let in by.</param>
    /// <returns><see langword="null"/> when too many tickets are out.</returns>
    public WsTicket? Issue(Credentials credential)
    {
        var now = time.GetUtcNow();
        foreach (var (old, entry) in _tickets)
        {
            if (entry.ExpiresAt <= now)
            {
                _tickets.TryRemove(old, out _);
            }
        }

        if (_tickets.Count >= Most)
        {
            return null;
        }

        var ticket = new WsTicket(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), now + Lifetime);
        _tickets[ticket.Ticket] = new Entry(credential, ticket.ExpiresAt);
        return ticket;
    }

    /// <returns><see langword="null"/> for an unknown, used or expired one.</returns>
    public Credentials? Redeem(string ticket) =>
        _tickets.TryRemove(ticket, out var entry) && time.GetUtcNow() < entry.ExpiresAt ? entry.Credential : null;

    private sealed record Entry(Credentials Credential, DateTimeOffset ExpiresAt);
}

public sealed record WsTicket(string Ticket, DateTimeOffset ExpiresAt);
