using System.Net.WebSockets;

namespace AniWorld.Services.Progress;

/// <summary>Puts a socket's fragments together to messages, in a buffer that is small until a message is not.</summary>
internal sealed class MessageReader(WebSocket socket, int maximum)
{
    private byte[] _buffer = new byte[Math.Min(512, maximum + 1)];

    /// <summary>The next message, valid until the next call; <see langword="null"/> once the peer has closed.</summary>
    /// <exception cref="MessageTooLongException">The message is longer than the maximum; what is left of it was not read.</exception>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync()
    {
        var length = 0;
        while (true)
        {
            if (length == _buffer.Length)
            {
                Array.Resize(ref _buffer, Math.Min(_buffer.Length * 4, maximum + 1));
            }

            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            length += part.Count;
            if (length > maximum)
            {
                throw new MessageTooLongException();
            }

            if (part.EndOfMessage)
            {
                return _buffer.AsMemory(0, length);
            }
        }
    }

    /// <summary>Reads on without looking, until the peer has closed.</summary>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    public async Task ReadToCloseAsync()
    {
        while ((await socket.ReceiveAsync(_buffer.AsMemory(), CancellationToken.None)).MessageType != WebSocketMessageType.Close)
        {
        }
    }
}

/// <summary>A client's message is longer than allowed.</summary>
internal sealed class MessageTooLongException : Exception;
