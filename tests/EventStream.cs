using System.Net.WebSockets;
using System.Text.Json;

namespace AniWorld.Tests;

/// <summary>The server's events as a client of the WebSocket sees them, in order.</summary>
internal sealed class EventStream(ClientWebSocket socket) : IDisposable
{
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(2));

    /// <summary>Everything received so far.</summary>
    public List<JsonElement> Received { get; } = [];

    public async Task JoinAsync(string room)
    {
        await socket.SendAsync(
            JsonSerializer.SerializeToUtf8Bytes(new { action = "join", room }), WebSocketMessageType.Text, true, _patience.Token);
        await NextAsync("joined");
    }

    /// <summary>Reads on to the next event of a type.</summary>
    /// <returns>Its data.</returns>
    public async Task<JsonElement> NextAsync(string type)
    {
        while (true)
        {
            var message = await ReadAsync();
            if (message.GetProperty("type").GetString() == type)
            {
                return message.GetProperty("data");
            }
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        _patience.Dispose();
    }

    private async Task<JsonElement> ReadAsync()
    {
        using var whole = new MemoryStream();
        var buffer = new byte[16 << 10];
        WebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer, _patience.Token);
            Assert.True(part.MessageType == WebSocketMessageType.Text, $"The socket was closed with {socket.CloseStatus}.");
            whole.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        var message = JsonSerializer.Deserialize<JsonElement>(whole.ToArray());
        Received.Add(message);
        return message;
    }
}
