using System.Net.Sockets;
using System.Text;

namespace AniWorld.SocketBench;

/// <summary>A client that joins a room and then reads nothing.</summary>
internal sealed class StuckClient : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };

    public async Task ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        await _socket.ConnectAsync(address.Host, address.Port, cancellationToken);
        await _socket.SendAsync(
            Encoding.ASCII.GetBytes(
                $"GET /ws/connect HTTP/1.1\r\nHost: {address.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"),
            cancellationToken);
        var join = """{"action":"join","room":"system"}"""u8;

        // A text frame, masked with zeros.
        await _socket.SendAsync((byte[])[0x81, (byte)(0x80 | join.Length), 0, 0, 0, 0, .. join], cancellationToken);
    }

    public void Dispose() => _socket.Dispose();
}
