using System.Net;
using System.Net.WebSockets;

namespace AniWorld.Blazor.Tests.Auth;

/// <summary>What lets somebody in no longer does: their calls are refused and their sockets closed, those of others are not.</summary>
[Trait("Kind", "api")]
public sealed class EndedCredentialsTests : IAsyncLifetime
{
    private AniWorldServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await AniWorldServer.StartAsync();
        await _server.SetUpAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_revoked_key()
    {
        await _server.LogInAsync();
        var made = await _server.PostAsync("/api/auth/api-keys", new { name = "a script", scopes = new[] { "read" } });
        using var script = Client("X-Api-Key", made.GetProperty("key").GetString()!);
        using var socket = await ConnectAsync("X-Api-Key", made.GetProperty("key").GetString()!);

        using var revoked = await _server.Http.DeleteAsync($"/api/auth/api-keys/{made.GetProperty("id").GetString()}");

        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        await AssertEndedAsync(script, socket);
    }

    [Fact]
    public async Task A_log_out()
    {
        var token = await _server.LogInAsync();
        using var page = Client("Authorization", $"Bearer {token}");
        using var socket = await ConnectAsync("Authorization", $"Bearer {token}");

        using var answer = await page.PostAsync("/api/auth/logout", null);

        Assert.True(answer.IsSuccessStatusCode);
        await AssertEndedAsync(page, socket);
    }

    [Fact]
    public async Task A_session_that_another_one_ends()
    {
        var other = await _server.LogInAsync();
        using var page = Client("Authorization", $"Bearer {other}");
        using var socket = await ConnectAsync("Authorization", $"Bearer {other}");
        await _server.LogInAsync();
        var sessions = (await _server.GetAsync("/api/auth/sessions")).EnumerateArray().ToList();
        var id = sessions.Single(session => !session.GetProperty("current").GetBoolean()).GetProperty("id").GetString();

        using var ended = await _server.Http.DeleteAsync($"/api/auth/sessions/{id}");

        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        await AssertEndedAsync(page, socket);
        Assert.NotEmpty((await _server.GetAsync("/api/auth/sessions")).EnumerateArray());
    }

    [Fact]
    public async Task Another_session_when_the_password_changes()
    {
        var other = await _server.LogInAsync();
        using var page = Client("Authorization", $"Bearer {other}");
        using var socket = await ConnectAsync("Authorization", $"Bearer {other}");
        await _server.LogInAsync();

        await _server.PostAsync("/api/auth/password", new { current_password = AniWorldServer.Password, new_password = "eine andere Losung" });

        await AssertEndedAsync(page, socket);
    }

    private HttpClient Client(string header, string value)
    {
        var client = new HttpClient { BaseAddress = _server.Http.BaseAddress };
        client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
        return client;
    }

    private async Task<ClientWebSocket> ConnectAsync(string header, string value)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader(header, value);
        await socket.ConnectAsync(
            new UriBuilder(_server.Http.BaseAddress!) { Scheme = "ws", Path = "/ws/connect" }.Uri, TestContext.Current.CancellationToken);
        return socket;
    }

    private static async Task AssertEndedAsync(HttpClient client, ClientWebSocket socket)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/anime")).StatusCode);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer, patience.Token) is { MessageType: not WebSocketMessageType.Close })
        {
        }

        Assert.Equal(4401, (int?)socket.CloseStatus);
    }
}
