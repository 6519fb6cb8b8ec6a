using System.Globalization;
using System.Net.WebSockets;
using System.Text;

namespace AniWorld.SocketBench;

/// <summary>One client: notes how old each event is when it arrives, in milliseconds.</summary>
internal sealed class Receiver : IDisposable
{
    private static readonly string[] Rooms = ["downloads", "download_progress"];

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[4 << 10];
    private Task _receiving = Task.CompletedTask;

    public List<double> Ages { get; } = [];

    /// <summary>Events that must not be lost.</summary>
    public int Ends { get; private set; }

    public async Task ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        await _socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/ws/connect" }.Uri, cancellationToken);
        foreach (var room in Rooms)
        {
            await _socket.SendAsync(
                Encoding.UTF8.GetBytes($$"""{"action":"join","room":"{{room}}"}"""), WebSocketMessageType.Text, true, cancellationToken);
        }

        _receiving = ReceiveAsync(cancellationToken);
    }

    public async Task CloseAsync()
    {
        try
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
            await _receiving.WaitAsync(TimeSpan.FromSeconds(10));
        }
        catch (Exception e) when (e is WebSocketException or TimeoutException or OperationCanceledException)
        {
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            if (part.MessageType is WebSocketMessageType.Close)
            {
                return;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                Note(_buffer.AsSpan(0, length));
                length = 0;
            }
        }
    }

    private void Note(ReadOnlySpan<byte> message)
    {
        var isEnd = message.StartsWith("""{"type":"download_complete"""u8);
        if (!isEnd && !message.StartsWith("""{"type":"download_progress"""u8) && !message.StartsWith("""{"type":"queue_status"""u8))
        {
            return;
        }

        var stamp = message[(message.IndexOf("\"timestamp\":\""u8) + 13)..][..24];
        var sent = DateTime.Parse(Encoding.ASCII.GetString(stamp), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
        Ages.Add((DateTime.UtcNow - sent).TotalMilliseconds);
        Ends += isEnd ? 1 : 0;
    }
}
