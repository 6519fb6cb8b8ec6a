using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace AniWorld.Services.Auth;

/// <summary>
/// Tickets that open one WebSocket each, so that no token has to stand in an address. In Redis, where nodes share one; else in memory: a
/// restart voids them, and only the node that gave one out takes it.
/// </summary>
public sealed class WsTicketService
{
    private const int Most = 10_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Entry> _tickets = [];
    private readonly TimeProvider _time;
    private readonly SharedTickets? _shared;

    internal WsTicketService(TimeProvider time, SharedTickets? shared = null) => (_time, _shared) = (time, shared);

    /// <param name="credential">What the socket will be let in by.</param>
    /// <returns><see langword="null"/> when too many tickets are out.</returns>
    public async Task<WsTicket?> IssueAsync(Credentials credential)
    {
        var now = _time.GetUtcNow();
        var ticket = new WsTicket(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), now + Lifetime);
        if (_shared is not null && await _shared.TryAddAsync(ticket.Ticket, credential, Lifetime))
        {
            return ticket;
        }

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

        _tickets[ticket.Ticket] = new Entry(credential, ticket.ExpiresAt);
        return ticket;
    }

    /// <returns><see langword="null"/> for an unknown, used or expired one.</returns>
    public async Task<Credentials?> RedeemAsync(string ticket)
    {
        if (_tickets.TryRemove(ticket, out var entry))
        {
            return _time.GetUtcNow() < entry.ExpiresAt ? entry.Credential : null;
        }

        return _shared is null ? null : await _shared.TakeAsync(ticket);
    }

    private sealed record Entry(Credentials Credential, DateTimeOffset ExpiresAt);
}

public sealed record WsTicket(string Ticket, DateTimeOffset ExpiresAt);
