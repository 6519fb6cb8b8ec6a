using System.Buffers.Binary;
using System.Text;

namespace AniWorld.Services.Tests.Downloads.Engine;

/// <summary>Files that are built as videos are, with noise for a picture.</summary>
internal static class Clips
{
    public const int TsPacket = 188;

    /// <summary>An MP4 of exactly <paramref name="size"/> bytes that says it plays 10 s.</summary>
    /// <param name="samples">How many its index names.</param>
    /// <param name="chunkAt">Where its index says that they are.</param>
    public static byte[] Mp4(int size, int seed = 1, uint samples = 1, uint chunkAt = 300)
    {
        var header = new byte[100];
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(12), 1000);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(16), 10_000);
        var handler = new byte[24];
        "vide"u8.CopyTo(handler.AsSpan(8));
        byte[] table = [.. Box("stsz", Numbers(0, 1, samples)), .. Box("stco", Numbers(0, 1, chunkAt))];
        byte[] media = [.. Box("hdlr", handler), .. Box("minf", Box("stbl", table))];
        byte[] front =
        [
            .. Box("ftyp", "isom\0\0\0\0isom"u8.ToArray()),
            .. Box("moov", [.. Box("mvhd", header), .. Box("trak", Box("mdia", media))]),
        ];
        return [.. front, .. Box("mdat", Noise(size - front.Length - 8, seed))];
    }

    /// <summary>The initialisation of a fragmented MP4.</summary>
    public static byte[] Initialisation(int seed = 1)
    {
        var header = new byte[100];
        header[99] = (byte)seed;
        var handler = new byte[24];
        "vide"u8.CopyTo(handler.AsSpan(8));
        return [.. Box("ftyp", "iso6\0\0\0\0iso6"u8.ToArray()), .. Box("moov", [.. Box("mvhd", header), .. Box("trak", Box("mdia", Box("hdlr", handler)))])];
    }

    /// <summary>A fragment of exactly <paramref name="size"/> bytes.</summary>
    public static byte[] Fragment(int size, int seed = 1) => [.. Box("moof", new byte[16]), .. Box("mdat", Noise(size - 32, seed))];

    /// <summary>Transport stream packets with noise in them, behind tables that name a picture and a sound.</summary>
    public static byte[] Ts(int packets, int seed = 1, params byte[] streamTypes)
    {
        var bytes = Noise(packets * TsPacket, seed);
        for (var at = 0; at < bytes.Length; at += TsPacket)
        {
            bytes[at] = 0x47;
        }

        Table(bytes.AsSpan(0, TsPacket), 0, [0, 0xB0, 13, 0, 1, 0xC1, 0, 0, 0, 1, 0xE1, 0x00, 0, 0, 0, 0]);
        byte[] streams = [.. (streamTypes.Length > 0 ? streamTypes : [0x1B, 0x0F]).SelectMany((type, i) => new byte[] { type, 0xE1, (byte)(i + 1), 0xF0, 0 })];
        Table(bytes.AsSpan(TsPacket, TsPacket), 0x100, [2, 0xB0, (byte)(13 + streams.Length), 0, 1, 0xC1, 0, 0, 0xE1, 1, 0xF0, 0, .. streams, 0, 0, 0, 0]);
        return bytes;
    }

    /// <summary>A Matroska or WebM file with one video track.</summary>
    public static byte[] Matroska(string type, int size)
    {
        byte[] inside =
        [
            .. Element([0x15, 0x49, 0xA9, 0x66], Element([0x44, 0x89], [0x46, 0x1C, 0x40, 0x00])), // Info: Duration 10,000 ms
            .. Element([0x16, 0x54, 0xAE, 0x6B], Element([0xAE], Element([0x83], [1]))),
            .. Element([0x1F, 0x43, 0xB6, 0x75], Noise(size, 1)),
        ];
        return
        [
            .. Element([0x1A, 0x45, 0xDF, 0xA3], Element([0x42, 0x82], Encoding.ASCII.GetBytes(type))),
            .. Element([0x18, 0x53, 0x80, 0x67], inside),
        ];
    }

    public static byte[] Avi(int size)
    {
        byte[] list = [.. "hdrl"u8, .. Chunk("avih", Noise(56, 1)), .. Chunk("LIST", [.. "strl"u8, .. Chunk("strh", [.. "vids"u8, .. new byte[52]])])];
        return Chunk("RIFF", [.. "AVI "u8, .. Chunk("LIST", list), .. Chunk("LIST", [.. "movi"u8, .. Noise(size, 1)])]);
    }

    public static byte[] Noise(int size, int seed)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static void Table(Span<byte> packet, int pid, byte[] section)
    {
        packet[4..].Fill(0xFF);
        (packet[1], packet[2], packet[3], packet[4]) = ((byte)(0x40 | (pid >> 8)), (byte)pid, 0x10, 0);
        section.CopyTo(packet[5..]);
    }

    public static byte[] Box(string type, byte[] content)
    {
        var box = new byte[content.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        Encoding.ASCII.GetBytes(type, box.AsSpan(4));
        content.CopyTo(box, 8);
        return box;
    }

    private static byte[] Numbers(params uint[] numbers) => [.. numbers.SelectMany(number => BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(number)))];

    private static byte[] Element(byte[] id, byte[] content)
    {
        var size = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(size, content.Length);
        size[0] = 0x01;
        return [.. id, .. size, .. content];
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, content.Length);
        return [.. Encoding.ASCII.GetBytes(type), .. size, .. content];
    }
}
