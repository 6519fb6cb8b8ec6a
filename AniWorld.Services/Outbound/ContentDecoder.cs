using System.Buffers;
using System.IO.Compression;

namespace AniWorld.Services.Outbound;

internal enum DecodeOutcome
{
    Complete,
    TooLarge,
    Truncated,
    Unreadable,
}

internal readonly record struct DecodedContent(DecodeOutcome Outcome, byte[] Bytes);

/// <summary>Undoes a content encoding within a limit, and notices when the encoded data was cut.</summary>
internal static class ContentDecoder
{
    public static DecodedContent Decode(ReadOnlyMemory<byte> body, IEnumerable<string> encodings, int limit)
    {
        var names = encodings.Where(name => !name.Equals("identity", StringComparison.OrdinalIgnoreCase)).ToArray();
        return names switch
        {
            [] => new(DecodeOutcome.Complete, body.ToArray()),
            // An error page without a body may still carry the header.
            _ when body.IsEmpty => new(DecodeOutcome.Complete, []),
            [var one] => one.ToLowerInvariant() switch
            {
                "gzip" or "x-gzip" => DecodeGzip(body, limit),
                "br" => DecodeBrotli(body.Span, limit),
                "deflate" => DecodeDeflate(body, limit),
                _ => Unreadable,
            },
            _ => Unreadable,
        };
    }

    private static DecodedContent Unreadable => new(DecodeOutcome.Unreadable, []);

    private static DecodedContent DecodeGzip(ReadOnlyMemory<byte> body, int limit)
    {
        var decoded = Inflate(body, input => new GZipStream(input, CompressionMode.Decompress), limit, endTells: false);
        // GZipStream takes a cut stream for a complete one; the trailer (RFC 1952) has the true length.
        var complete = body.Length >= 18
            && BitConverter.ToUInt32(body.Span[^4..]) == (uint)decoded.Bytes.Length;
        return decoded.Outcome == DecodeOutcome.Complete && !complete ? new(DecodeOutcome.Truncated, []) : decoded;
    }

    private static DecodedContent DecodeDeflate(ReadOnlyMemory<byte> body, int limit)
    {
        // "deflate" is zlib by RFC 9110, but some servers send it raw.
        var zlib = (body.Span[0] & 0x0F) == 8 && body.Length > 1 && ((body.Span[0] << 8) | body.Span[1]) % 31 == 0;
        return Inflate(
            body,
            input => zlib ? new ZLibStream(input, CompressionMode.Decompress) : new DeflateStream(input, CompressionMode.Decompress),
            limit,
            endTells: true);
    }

    /// <param name="endTells">A decoder that asks for more after the last byte has not seen its end.</param>
    private static DecodedContent Inflate(ReadOnlyMemory<byte> body, Func<Stream, Stream> decoder, int limit, bool endTells)
    {
        var input = new CountedInput(body);
        var output = new MemoryStream();
        var buffer = new byte[16 << 10];
        try
        {
            using var stream = decoder(input);
            while (stream.Read(buffer) is > 0 and var count)
            {
                output.Write(buffer, 0, count);
                if (output.Length > limit)
                {
                    return new(DecodeOutcome.TooLarge, []);
                }
            }
        }
        catch (InvalidDataException)
        {
            return new(input.Exhausted ? DecodeOutcome.Truncated : DecodeOutcome.Unreadable, []);
        }

        return endTells && input.Exhausted ? new(DecodeOutcome.Truncated, []) : new(DecodeOutcome.Complete, output.ToArray());
    }

    private static DecodedContent DecodeBrotli(ReadOnlySpan<byte> body, int limit)
    {
        using var decoder = new BrotliDecoder();
        var output = new MemoryStream();
        var buffer = new byte[16 << 10];
        while (true)
        {
            var status = decoder.Decompress(body, buffer, out var consumed, out var written);
            body = body[consumed..];
            output.Write(buffer, 0, written);
            if (output.Length > limit)
            {
                return new(DecodeOutcome.TooLarge, []);
            }

            switch (status)
            {
                case OperationStatus.Done:
                    return new(DecodeOutcome.Complete, output.ToArray());
                case OperationStatus.NeedMoreData:
                    return new(DecodeOutcome.Truncated, []);
                case OperationStatus.InvalidData:
                    return Unreadable;
            }
        }
    }

    /// <summary>Notes when it was asked for more than there is.</summary>
    private sealed class CountedInput(ReadOnlyMemory<byte> body) : MemoryStream(body.ToArray(), writable: false)
    {
        public bool Exhausted { get; private set; }

        public override int Read(byte[] buffer, int offset, int count) => Note(base.Read(buffer, offset, count));

        public override int Read(Span<byte> buffer) => Note(base.Read(buffer));

        private int Note(int count)
        {
            Exhausted |= count == 0;
            return count;
        }
    }
}
