using System.Collections.Concurrent;
using System.Net.WebSockets;
using AniWorld.Services.Auth;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Progress;

/// <summary>All sockets that are open: takes them in, and closes them when their session or the server ends.</summary>
public sealed class WebSocketService
{
    /// <summary>The session behind a socket has ended: logged out, revoked or expired.</summary>
    public const WebSocketCloseStatus SessionEnded = (WebSocketCloseStatus)4401;

    private readonly ConcurrentDictionary<Guid, WebSocketConnection> _connections = new();
    private readonly EndedSessions _ended = new();
    private readonly ProgressService _progress;
    private readonly TimeProvider _time;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger<WebSocketService> _logger;

    public WebSocketService(
        ProgressService progress, WebSocketLimits limits, Revocations revocations, TimeProvider time, IHostApplicationLifetime lifetime,
        ILogger<WebSocketService> logger)
    {
        _progress = progress;
        Limits = limits;
        _time = time;
        _lifetime = lifetime;
        _logger = logger;

        revocations.SessionRevoked += id => _ = CloseSessionAsync(id);

        // Not at StopAsync: the web server stops first and would wait for the sockets.
        lifetime.ApplicationStopping.Register(CloseAll);
    }

    public WebSocketLimits Limits { get; }

    /// <summary>Sockets that are open now.</summary>
    public int Count => _connections.Count;

    /// <summary>Serves an accepted socket until it ends.</summary>
    /// <param name="sessionId">The session or key behind it, by whose id <see cref="Revocations"/> names it; may be unknown.</param>
    /// <param name="expiresAt">When its authorisation ends; <see langword="null"/> for never.</param>
    public async Task ServeAsync(WebSocket socket, string? sessionId, DateTimeOffset? expiresAt = null)
    {
        var connection = new WebSocketConnection(socket, sessionId, _progress, Limits, _time);
        _connections[connection.Id] = connection;
        using var expiry = CloseAt(connection, expiresAt);
        CloseWhatEndedMeanwhile(connection);
        _logger.LogDebug("Socket {ConnectionId} opened, {Count} in all", connection.Id, Count);
        try
        {
            await connection.RunAsync();
        }
        finally
        {
            _connections.TryRemove(connection.Id, out _);
            _logger.LogDebug("Socket {ConnectionId} closed as {CloseStatus}", connection.Id, socket.CloseStatus);
        }
    }

    /// <summary>Closes a session's sockets with 4401; done when they are gone, some seconds later when a client does not answer.</summary>
    /// <remarks>A socket of that session which is just being accepted is closed too.</remarks>
    public Task CloseSessionAsync(string sessionId)
    {
        _ended.Add(sessionId);
        var closing = _connections.Values.Where(connection => connection.SessionId == sessionId).ToArray();
        foreach (var connection in closing)
        {
            connection.Close(SessionEnded, "The session has ended; log in again.");
        }

        return Task.WhenAll(closing.Select(connection => connection.Completion));
    }

    private void CloseAll()
    {
        foreach (var connection in _connections.Values)
        {
            CloseForStop(connection);
        }
    }

    private static void CloseForStop(WebSocketConnection connection) =>
        connection.Close(WebSocketCloseStatus.EndpointUnavailable, "The server stops.", deliver: true);

    private void CloseWhatEndedMeanwhile(WebSocketConnection connection)
    {
        if (_lifetime.ApplicationStopping.IsCancellationRequested)
        {
            CloseForStop(connection);
        }
        else if (connection.SessionId is { } session && _ended.Contains(session))
        {
            connection.Close(SessionEnded, "The session has ended; log in again.");
        }
    }

    private ITimer? CloseAt(WebSocketConnection connection, DateTimeOffset? expiresAt)
    {
        // A timer runs for 49 days at most; what is authorised for longer outlives any connection in practice.
        var left = expiresAt - _time.GetUtcNow();
        return left < TimeSpan.FromDays(45)
            ? _time.CreateTimer(
                _ => connection.Close(SessionEnded, "The session has expired; log in again."), null,
                left.Value > TimeSpan.Zero ? left.Value : TimeSpan.Zero, Timeout.InfiniteTimeSpan)
            : null;
    }
}
