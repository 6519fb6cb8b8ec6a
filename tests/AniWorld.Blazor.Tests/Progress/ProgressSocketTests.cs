using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using AniWorld.Services.Progress;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Blazor.Tests.Progress;

public sealed class ProgressSocketTests
{
    private static readonly Guid Download = Guid.NewGuid();

    [Fact]
    public async Task Without_a_login_the_upgrade_is_refused_with_401()
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.OpenAsync(server, query: "");

        Assert.Equal(401, client.Status);
    }

    [Fact]
    public async Task A_plain_request_is_told_to_use_a_web_socket()
    {
        await using var server = await SocketServer.StartAsync();
        using var http = new HttpClient();

        using var answer = await http.GetAsync(new Uri(server.Address, "/ws/connect?session=s"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Only_the_protocol_is_echoed_never_the_token_beside_it()
    {
        await using var server = await SocketServer.StartAsync();

        using var client = await SocketClient.OpenAsync(server, headers: "Sec-WebSocket-Protocol: aniworld, secret\r\n");

        Assert.Contains("Sec-WebSocket-Protocol: aniworld\r\n", client.Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_frameworks_own_client_gets_along_with_it()
    {
        await using var server = await SocketServer.StartAsync();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(
            new Uri($"ws://{server.Address.Authority}/ws/connect?session=s"), TestContext.Current.CancellationToken);
        var buffer = new byte[4096];

        var greeting = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", TestContext.Current.CancellationToken);

        using var connected = JsonDocument.Parse(buffer.AsMemory(0, greeting.Count));
        Assert.Equal("connected", connected.RootElement.GetProperty("type").GetString());
        Assert.Equal(
            ["downloads", "download_progress", "scan_progress", "system"],
            connected.RootElement.GetProperty("data").GetProperty("rooms").EnumerateArray().Select(room => room.GetString()));
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Fact]
    public async Task Joining_brings_the_snapshot_first_and_then_what_happens()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = await SocketServer.StartAsync(time: time);
        server.Hub.Publish(Progressed(10));
        using var client = await SocketClient.ConnectAsync(server);

        var joined = await client.JoinAsync("download_progress");
        time.Advance(TimeSpan.FromMilliseconds(250));
        var first = await client.ReadAsync();
        server.Hub.Publish(Progressed(20));
        server.Hub.Publish(Notice("not in this room"));
        time.Advance(TimeSpan.FromMilliseconds(250));
        var second = await client.ReadAsync();

        Assert.Equal("download_progress", joined.GetProperty("room").GetString());
        Assert.Equal(10, Assert.Single(joined.GetProperty("snapshot").EnumerateArray()).GetProperty("percent").GetDouble());
        Assert.True(first.GetProperty("seq").GetInt64() > joined.GetProperty("seq").GetInt64());
        Assert.Equal(10, first.GetProperty("data").GetProperty("percent").GetDouble());
        Assert.Equal(20, second.GetProperty("data").GetProperty("percent").GetDouble());
    }

    [Fact]
    public async Task A_room_with_nothing_to_tell_has_no_snapshot()
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.ConnectAsync(server);

        Assert.Equal(JsonValueKind.Null, (await client.JoinAsync("downloads")).GetProperty("snapshot").ValueKind);
        Assert.Equal(JsonValueKind.Null, (await client.JoinAsync("scan_progress")).GetProperty("snapshot").ValueKind);
        Assert.Equal(JsonValueKind.Null, (await client.JoinAsync("system")).GetProperty("snapshot").ValueKind);
        Assert.Empty((await client.JoinAsync("download_progress")).GetProperty("snapshot").EnumerateArray());
    }

    [Fact]
    public async Task Whoever_comes_back_gets_what_was_missed_after_the_snapshot()
    {
        await using var server = await SocketServer.StartAsync();
        long known;
        using (var before = await SocketClient.ConnectAsync(server))
        {
            await before.JoinAsync("downloads");
            server.Hub.Publish(Completed("first.mp4"));
            known = (await before.ReadAsync()).GetProperty("seq").GetInt64();
        }

        server.Hub.Publish(Completed("second.mp4"));
        server.Hub.Publish(Notice("another room"));
        server.Hub.Publish(Completed("third.mp4"));
        using var after = await SocketClient.ConnectAsync(server);
        await after.JoinAsync("downloads", known);

        Assert.Equal("second.mp4", PathOf(await after.ReadAsync()));
        Assert.Equal("third.mp4", PathOf(await after.ReadAsync()));
    }

    [Fact]
    public async Task At_most_the_last_thousand_events_come_back()
    {
        await using var server = await SocketServer.StartAsync();
        for (var i = 0; i < 1_010; i++)
        {
            server.Hub.Publish(Notice($"{i}"));
        }

        using var client = await SocketClient.ConnectAsync(server);
        await client.JoinAsync("system", since: 0);
        await client.SendAsync("""{"action":"ping"}""");
        var replayed = new List<string?>();
        for (var message = await client.ReadAsync(); TypeOf(message) != "pong"; message = await client.ReadAsync())
        {
            replayed.Add(message.GetProperty("data").GetProperty("message").GetString());
        }

        Assert.Equal(Enumerable.Range(10, 1_000).Select(i => $"{i}"), replayed);
    }

    [Fact]
    public async Task A_room_that_was_left_is_silent()
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.ConnectAsync(server);
        await client.JoinAsync("system");
        await client.JoinAsync("downloads");

        await client.SendAsync("""{"action":"leave","room":"system"}""");
        Assert.Equal("left", TypeOf(await client.ReadAsync()));
        server.Hub.Publish(Notice("unheard"));
        server.Hub.Publish(Completed("heard.mp4"));

        Assert.Equal("heard.mp4", PathOf(await client.ReadAsync()));
    }

    [Fact]
    public async Task Nonsense_is_answered_and_the_connection_lives_on()
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.ConnectAsync(server);
        foreach (var (text, code) in new[] { ("{", "bad_json"), ("""{"action":"join","room":"x"}""", "unknown_room"), ("[]", "bad_message") })
        {
            await client.SendAsync(text);
            var answer = await client.ReadAsync();
            Assert.Equal("error", TypeOf(answer));
            Assert.Equal(code, answer.GetProperty("data").GetProperty("code").GetString());
        }

        await client.SendAsync("""{"action":"ping"}""");
        Assert.Equal("pong", TypeOf(await client.ReadAsync()));
    }

    [Fact]
    public async Task A_message_of_64_KiB_is_taken_and_one_byte_more_closes_with_1009()
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.ConnectAsync(server);
        const string ping = """{"action":"ping"}""";

        await client.SendAsync(ping.PadRight(65_536));
        Assert.Equal("pong", TypeOf(await client.ReadAsync()));
        await client.SendAsync(ping.PadRight(65_537));

        Assert.Equal(1009, await client.ReadCloseCodeAsync());
        await client.ReadToEndAsync();
    }

    [Fact]
    public async Task The_51st_message_of_a_second_closes_with_1008()
    {
        await using var server = await SocketServer.StartAsync(time: new FakeTimeProvider(DateTimeOffset.UtcNow));
        using var client = await SocketClient.ConnectAsync(server);
        for (var i = 0; i < 50; i++)
        {
            await client.SendAsync("""{"action":"ping"}""");
            Assert.Equal("pong", TypeOf(await client.ReadAsync()));
        }

        await client.SendAsync("""{"action":"ping"}""");

        Assert.Equal(1008, await client.ReadCloseCodeAsync());
    }

    [Fact]
    public async Task The_end_of_a_session_closes_its_sockets_with_4401_and_no_others()
    {
        await using var server = await SocketServer.StartAsync();
        using var first = await SocketClient.ConnectAsync(server, "?session=a");
        using var second = await SocketClient.ConnectAsync(server, "?session=a");
        using var other = await SocketClient.ConnectAsync(server, "?session=b");

        var closing = server.Sockets.CloseSessionAsync("a");

        Assert.Equal(4401, await first.ReadCloseCodeAsync());
        Assert.Equal(4401, await second.ReadCloseCodeAsync());
        await closing;
        await other.SendAsync("""{"action":"ping"}""");
        Assert.Equal("pong", TypeOf(await other.ReadAsync()));
        Assert.Equal(1, server.Sockets.Count);
    }

    [Fact]
    public async Task A_socket_that_opens_while_its_session_ends_is_closed_too()
    {
        await using var server = await SocketServer.StartAsync();
        await server.Sockets.CloseSessionAsync("a");
        using var late = await SocketClient.OpenAsync(server, "?session=a");

        Assert.Equal(4401, await late.ReadCloseCodeAsync());
    }

    [Fact]
    public async Task A_socket_ends_with_the_token_that_opened_it()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = await SocketServer.StartAsync(time: time);
        using var client = await SocketClient.ConnectAsync(server, $"?session=a&exp={time.GetUtcNow().ToUnixTimeSeconds() + 60}");

        time.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(4401, await client.ReadCloseCodeAsync());
    }

    [Fact]
    public async Task A_server_that_stops_delivers_what_waits_and_closes_with_1001()
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.ConnectAsync(server);
        await client.JoinAsync("system");
        server.Hub.Publish(Notice("stopping"));

        var stopping = server.StopAsync();

        Assert.Equal("system_notice", TypeOf(await client.ReadAsync()));
        Assert.Equal(1001, await client.ReadCloseCodeAsync());
        await stopping;
    }

    [Fact]
    public async Task A_client_that_does_not_read_for_30_seconds_is_closed_with_1013_and_slows_nobody()
    {
        var time = new StallClock(TimeSpan.FromSeconds(30));
        await using var server = await SocketServer.StartAsync(new WebSocketLimits { CloseTimeout = TimeSpan.FromHours(1) }, time);
        using var slow = await SocketClient.ConnectAsync(server, receiveBuffer: 4096);
        using var other = await SocketClient.ConnectAsync(server);
        await slow.JoinAsync("system");
        await other.JoinAsync("system");
        for (var i = 0; i < 500; i++)
        {
            server.Hub.Publish(Notice(new string('x', 32_768)));
            Assert.Equal("system_notice", TypeOf(await other.ReadAsync()));
        }

        // A wait that outlasts an answer to the other one is not the other one's.
        ITimer stalled;
        do
        {
            stalled = await time.OnlyWaitAsync();
            await other.SendAsync("""{"action":"ping"}""");
            Assert.Equal("pong", TypeOf(await other.ReadAsync()));
        }
        while (await time.OnlyWaitAsync() != stalled);
        await time.LetTheStallEndAsync();

        Assert.Equal(1013, await slow.ReadCloseCodeAsync());
        await other.SendAsync("""{"action":"ping"}""");
        Assert.Equal("pong", TypeOf(await other.ReadAsync()));
    }

    [Fact]
    public async Task A_client_whose_unread_events_overflow_is_closed_with_1013()
    {
        await using var server = await SocketServer.StartAsync(new WebSocketLimits { Unread = 100 });
        using var slow = await SocketClient.ConnectAsync(server, receiveBuffer: 4096);
        await slow.JoinAsync("system");
        for (var i = 0; i < 1_000; i++)
        {
            server.Hub.Publish(Notice(new string('x', 32_768)));
        }

        Assert.Equal(1013, await slow.ReadCloseCodeAsync());
    }

    [Fact]
    public async Task A_peer_that_vanished_is_noticed()
    {
        await using var server = await SocketServer.StartAsync(new WebSocketLimits
        {
            KeepAliveInterval = TimeSpan.FromMilliseconds(50),
            KeepAliveTimeout = TimeSpan.FromMilliseconds(100),
        });
        using var vanished = await SocketClient.ConnectAsync(server);

        await vanished.ReadToEndAsync();
    }

    private static DownloadProgressed Progressed(double percent) => new(
        Download, "naruto", "Naruto", 1, 2, DownloadPhase.Downloading, percent, 100, 400, 1 << 20, null);

    private static DownloadCompleted Completed(string path) => new(Guid.NewGuid(), "naruto", "Naruto", 1, 2, path, 1 << 20, "de-dub");

    private static SystemNotice Notice(string message) => new("info", "test", message);

    private static string? TypeOf(JsonElement message) => message.GetProperty("type").GetString();

    private static string? PathOf(JsonElement message) => message.GetProperty("data").GetProperty("file_path").GetString();
}
