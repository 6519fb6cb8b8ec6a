using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using AniWorld.Services.Auth;
using AniWorld.Services.Progress;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace AniWorld.Services.Tests.Progress;

public sealed class WebSocketServiceTests
{
    [Fact]
    public async Task A_revoked_session_loses_its_socket()
    {
        var revocations = new Revocations(NullLogger<Revocations>.Instance);
        using var hub = new ProgressService(new CallbackManager(NullLogger<CallbackManager>.Instance), TimeProvider.System);
        var sockets = new WebSocketService(
            hub, new WebSocketLimits(), revocations, TimeProvider.System, new Lifetime(), NullLogger<WebSocketService>.Instance);
        var (server, client) = await PairAsync();
        using var ours = server;
        using var peer = client;
        var served = sockets.ServeAsync(server, "a");
        var buffer = new byte[4096];
        await client.ReceiveAsync(buffer, TestContext.Current.CancellationToken);

        revocations.Announce("b");
        revocations.Announce("a");

        Assert.Equal(WebSocketMessageType.Close, (await client.ReceiveAsync(buffer, TestContext.Current.CancellationToken)).MessageType);
        Assert.Equal(4401, (int?)client.CloseStatus);
        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", TestContext.Current.CancellationToken);
        await served;
        Assert.Equal(0, sockets.Count);
    }

    [Fact]
    public void A_peer_that_vanished_is_gone_within_a_minute()
    {
        var limits = new WebSocketLimits();

        Assert.True(limits.KeepAliveInterval + limits.KeepAliveTimeout < TimeSpan.FromMinutes(1));
        Assert.True(limits.ReadTimeout + (2 * limits.CloseTimeout) < TimeSpan.FromMinutes(1));
    }

    private static async Task<(WebSocket Server, WebSocket Client)> PairAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        var server = await listener.AcceptTcpClientAsync();
        return (
            WebSocket.CreateFromStream(server.GetStream(), new WebSocketCreationOptions { IsServer = true }),
            WebSocket.CreateFromStream(client.GetStream(), new WebSocketCreationOptions()));
    }

    private sealed class Lifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}
