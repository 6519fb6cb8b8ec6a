using System.Text;

namespace AniWorld.Services.Downloads.Engine.Containers;

/// <summary>Tells by its first bytes what a file is; names and content types are not believed.</summary>
internal static class ContainerSniffer
{
    /// <summary>So many bytes are enough to tell.</summary>
    public const int HeadBytes = 4096;

    public const int TsPacket = 188;
    public const byte TsSync = 0x47;

    private static readonly string[] Mp4Starts = ["ftyp", "moov", "mdat", "free", "skip", "wide", "styp", "moof", "sidx", "emsg", "prft"];

    /// <returns><see langword="null"/> when it is no video that is kept.</returns>
    public static MediaContainer? Sniff(ReadOnlySpan<byte> head)
    {
        if (head is [0x1A, 0x45, 0xDF, 0xA3, ..])
        {
            return SniffEbml(head);
        }

        if (head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("AVI "u8))
        {
            return MediaContainer.Avi;
        }

        if (IsTs(head))
        {
            return MediaContainer.MpegTs;
        }

        return IsMp4(head) ? Mp4Brand(head) : null;
    }

    /// <summary>Whether a decrypted HLS segment looks like one: transport stream, fragment, packed audio.</summary>
    public static bool IsSegment(ReadOnlySpan<byte> bytes) =>
        IsTs(bytes) || IsMp4(bytes) || bytes.StartsWith("ID3"u8) || bytes is [0x0B, 0x77, ..]
        || (bytes is [0xFF, var second, ..] && (second & 0xE0) == 0xE0);

    /// <summary>Whether it is markup or text, such as an error page.</summary>
    public static bool IsText(ReadOnlySpan<byte> head)
    {
        if (head is [0xEF, 0xBB, 0xBF, ..])
        {
            head = head[3..];
        }

        return head.TrimStart(" \t\r\n"u8) is [(byte)'<' or (byte)'{' or (byte)'[' or (byte)'#', ..];
    }

    public static bool IsTs(ReadOnlySpan<byte> head)
    {
        if (head.Length < TsPacket)
        {
            return false;
        }

        for (var at = 0; at < Math.Min(head.Length, 5 * TsPacket); at += TsPacket)
        {
            if (head[at] != TsSync)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsMp4(ReadOnlySpan<byte> head) =>
        head.Length >= 8 && Array.IndexOf(Mp4Starts, Encoding.ASCII.GetString(head[4..8])) >= 0;

    private static MediaContainer Mp4Brand(ReadOnlySpan<byte> head) =>
        head.Length >= 12 && head[4..].StartsWith("ftypM4V"u8) ? MediaContainer.M4v : MediaContainer.Mp4;

    private static MediaContainer? SniffEbml(ReadOnlySpan<byte> head)
    {
        // Element DocType: its id, a size of one to eight bytes, the text.
        var at = head[..Math.Min(head.Length, 256)].IndexOf([(byte)0x42, (byte)0x82]);
        if (at < 0 || at + 2 >= head.Length)
        {
            return null;
        }

        var sizeLength = System.Numerics.BitOperations.LeadingZeroCount((uint)head[at + 2] << 24) + 1;
        var type = head[Math.Min(at + 2 + sizeLength, head.Length)..];
        return type.StartsWith("webm"u8) ? MediaContainer.WebM
            : type.StartsWith("matroska"u8) ? MediaContainer.Matroska
            : null;
    }
}
