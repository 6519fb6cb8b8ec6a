namespace AniWorld.Services.Streaming;

internal enum AnswerKind
{
    /// <summary>Nothing that leads to a video.</summary>
    Other,

    /// <summary>An HTML page.</summary>
    Page,

    /// <summary>A video file.</summary>
    File,

    /// <summary>An HLS playlist.</summary>
    Playlist,
}

/// <summary>Tells the kind of an answer. The first bytes count for more than the type that the server names.</summary>
internal static class AnswerKinds
{
    /// <summary>So many bytes are enough to tell.</summary>
    public const int HeadSize = 1024;

    private const int TransportPacket = 188;

    /// <param name="mediaType">As <c>Content-Type</c> says, without parameters.</param>
    /// <param name="head">The first <see cref="HeadSize"/> bytes, or all when there are fewer.</param>
    public static AnswerKind Of(string? mediaType, ReadOnlySpan<byte> head)
    {
        var type = mediaType?.ToLowerInvariant() ?? "";
        var text = SkipBlank(head);
        if (text.StartsWith("#EXTM3U"u8))
        {
            return AnswerKind.Playlist;
        }

        if (IsContainer(head))
        {
            return AnswerKind.File;
        }

        if (IsMarkup(text) || type is "text/html" or "application/xhtml+xml")
        {
            return AnswerKind.Page;
        }

        return type.Contains("mpegurl", StringComparison.Ordinal) ? AnswerKind.Playlist
            : type.StartsWith("video/", StringComparison.Ordinal) && head.Length > 0 ? AnswerKind.File
            : AnswerKind.Other;
    }

    /// <summary>MP4, Matroska and WebM, AVI, FLV, MPEG transport and programme streams.</summary>
    private static bool IsContainer(ReadOnlySpan<byte> head) =>
        Holds(head, 4, "ftyp"u8)
        || head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3])
        || (head.StartsWith("RIFF"u8) && Holds(head, 8, "AVI "u8))
        || head.StartsWith("FLV\x01"u8)
        || head.StartsWith((ReadOnlySpan<byte>)[0x00, 0x00, 0x01, 0xBA])
        || (Holds(head, 0, "G"u8) && Holds(head, TransportPacket, "G"u8) && Holds(head, 2 * TransportPacket, "G"u8));

    private static bool IsMarkup(ReadOnlySpan<byte> text) =>
        text.Length > 1 && text[0] == '<' && (text[1] is (byte)'!' or (byte)'?' || char.IsAsciiLetter((char)text[1]));

    private static ReadOnlySpan<byte> SkipBlank(ReadOnlySpan<byte> head) =>
        (head.StartsWith("\uFEFF"u8) ? head[3..] : head).TrimStart(" \t\r\n"u8);

    private static bool Holds(ReadOnlySpan<byte> head, int offset, ReadOnlySpan<byte> mark) =>
        head.Length >= offset + mark.Length && head[offset..].StartsWith(mark);
}
