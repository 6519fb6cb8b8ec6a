using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace AniWorld.Blazor.Tests.Progress;

/// <summary>
/// A WebSocket client that reads only when told to and answers nothing by itself, so that a test decides what the peer does.
/// (The framework's own takes 1013 for a protocol error.)
/// </summary>
internal sealed class SocketClient : IDisposable
{
    private const int Text = 1;
    private const int CloseFrame = 8;
    private const int PingFrame = 9;

    private readonly NetworkStream _stream;
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(2));

    private SocketClient(Socket socket) => _stream = new NetworkStream(socket, ownsSocket: true);

    /// <summary>The answer to the upgrade, status line and headers.</summary>
    public string Head { get; private set; } = "";

    public int Status => int.Parse(Head.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Pings of the server that were read; none is answered.</summary>
    public int Pings { get; private set; }

    private CancellationToken Patience => _patience.Token;

    /// <summary>Sends the upgrade and reads the answer's head, whatever it is.</summary>
    public static async Task<SocketClient> OpenAsync(
        SocketServer server, string query = "?session=s", string headers = "", int? receiveBuffer = null)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        if (receiveBuffer is { } size)
        {
            socket.ReceiveBufferSize = size;
        }

        await socket.ConnectAsync(server.Address.Host, server.Address.Port);
        var client = new SocketClient(socket);
        await client._stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"GET /ws/connect{query} HTTP/1.1\r\nHost: {server.Address.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{headers}\r\n"),
            client.Patience);
        await client.ReadHeadAsync();
        return client;
    }

    /// <summary>Opens and takes the greeting.</summary>
    public static async Task<SocketClient> ConnectAsync(SocketServer server, string query = "?session=s", int? receiveBuffer = null)
    {
        var client = await OpenAsync(server, query, receiveBuffer: receiveBuffer);
        Assert.Equal("connected", (await client.ReadAsync()).GetProperty("type").GetString());
        return client;
    }

    /// <summary>Joins a room and takes the answer.</summary>
    public async Task<JsonElement> JoinAsync(string room, long? since = null)
    {
        await SendAsync(JsonSerializer.Serialize(new { action = "join", room, since }));
        var joined = await ReadAsync();
        Assert.Equal("joined", joined.GetProperty("type").GetString());
        return joined.GetProperty("data");
    }

    public Task SendAsync(string text) => WriteFrameAsync(Text, Encoding.UTF8.GetBytes(text));

    public Task SendCloseAsync(int code) => WriteFrameAsync(CloseFrame, [(byte)(code >> 8), (byte)code]);

    /// <summary>The next message of the server.</summary>
    public async Task<JsonElement> ReadAsync()
    {
        var (opcode, payload) = await ReadFrameAsync();
        Assert.True(opcode == Text, $"Closed with {(opcode == CloseFrame ? CodeOf(payload) : opcode)}.");
        return JsonDocument.Parse(payload).RootElement;
    }

    /// <summary>Reads messages away up to the close, and answers that.</summary>
    public async Task<int> ReadCloseCodeAsync()
    {
        while (true)
        {
            var (opcode, payload) = await ReadFrameAsync();
            if (opcode == CloseFrame)
            {
                await SendCloseAsync(CodeOf(payload));
                return CodeOf(payload);
            }
        }
    }

    /// <summary>Reads bytes away until the connection is gone.</summary>
    public async Task ReadToEndAsync()
    {
        try
        {
            while (await _stream.ReadAsync(new byte[4096], Patience) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A reset: gone as well.
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _patience.Dispose();
    }

    private static int CodeOf(byte[] payload) => BinaryPrimitives.ReadUInt16BigEndian(payload);

    private async Task ReadHeadAsync()
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await _stream.ReadExactlyAsync(one, Patience);
            head.Append((char)one[0]);
        }

        Head = head.ToString();
    }

    private async Task WriteFrameAsync(int opcode, byte[] payload)
    {
        // The mask is all zero: allowed, and it leaves the payload as it is.
        byte[] header = payload.Length switch
        {
            < 126 => [(byte)(0x80 | opcode), (byte)(0x80 | payload.Length), 0, 0, 0, 0],
            <= ushort.MaxValue => [(byte)(0x80 | opcode), 0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length, 0, 0, 0, 0],
            _ =>
            [
                (byte)(0x80 | opcode), 0x80 | 127, 0, 0, 0, 0, (byte)(payload.Length >> 24), (byte)(payload.Length >> 16),
                (byte)(payload.Length >> 8), (byte)payload.Length, 0, 0, 0, 0,
            ],
        };
        await _stream.WriteAsync((byte[])[.. header, .. payload], Patience);
    }

    private async Task<(int Opcode, byte[] Payload)> ReadFrameAsync()
    {
        while (true)
        {
            var start = new byte[2];
            await _stream.ReadExactlyAsync(start, Patience);
            var length = (start[1] & 0x7f) switch
            {
                126 => BinaryPrimitives.ReadUInt16BigEndian(await ReadBytesAsync(2)),
                127 => (int)BinaryPrimitives.ReadUInt64BigEndian(await ReadBytesAsync(8)),
                var small => small,
            };
            var payload = await ReadBytesAsync(length);
            if ((start[0] & 0xf) != PingFrame)
            {
                return (start[0] & 0xf, payload);
            }

            Pings++;
        }
    }

    private async Task<byte[]> ReadBytesAsync(int count)
    {
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes, Patience);
        return bytes;
    }
}
