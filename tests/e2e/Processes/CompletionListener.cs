using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text.Json;

namespace AniWorld.E2E.Processes;

/// <summary>A client of one node's WebSocket that notes the ends of downloads; whenever it is cut off it comes back and asks for what it missed.</summary>
internal sealed class CompletionListener : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentDictionary<string, bool> _heard = [];
    private readonly Task _listening;
    private long? _last;
    private volatile bool _hasJoined;

    public CompletionListener(Uri node, AuthenticationHeaderValue authorization) => _listening = ListenAsync(node, authorization);

    /// <summary>The downloads of whose end it heard.</summary>
    public ICollection<string> Heard => _heard.Keys;

    public Task JoinedAsync() => ReadyServer.WaitAsync(() => Task.FromResult(_hasJoined), () => "the listener has not joined");

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _listening;
        _ending.Dispose();
    }

    private async Task ListenAsync(Uri node, AuthenticationHeaderValue authorization)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                await ListenOnceAsync(node, authorization);
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException or JsonException)
            {
                // The node is away, or was; or this ends.
            }

            _hasJoined = false;
            await pause.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task ListenOnceAsync(Uri node, AuthenticationHeaderValue authorization)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"{authorization}");
        await socket.ConnectAsync(new UriBuilder(node) { Scheme = "ws", Path = "/ws/connect" }.Uri, _ending.Token);
        var join = JsonSerializer.SerializeToUtf8Bytes(new { action = "join", room = "downloads", since = _last });
        await socket.SendAsync(join, WebSocketMessageType.Text, true, _ending.Token);
        var buffer = new byte[16 << 10];
        using var whole = new MemoryStream();
        while (socket.State is WebSocketState.Open)
        {
            var part = await socket.ReceiveAsync(buffer, _ending.Token);
            whole.Write(buffer, 0, part.Count);
            if (part.EndOfMessage && part.MessageType is WebSocketMessageType.Text)
            {
                Take(JsonSerializer.Deserialize<JsonElement>(whole.ToArray()));
                whole.SetLength(0);
            }
        }
    }

    private void Take(JsonElement message)
    {
        switch (message.GetProperty("type").GetString())
        {
            case "joined":
                _hasJoined = true;
                break;
            case "download_complete":
                _last = message.GetProperty("seq").GetInt64();
                _heard[message.GetProperty("data").GetProperty("download_id").GetString()!] = true;
                break;
        }
    }
}
