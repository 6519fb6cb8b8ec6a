namespace AniWorld.Services.Catalogue;

/// <summary>A kind of picture that a browser shows and never runs.</summary>
/// <param name="Extension">With its dot.</param>
internal sealed record RasterImage(string Extension, string ContentType)
{
    private static readonly RasterImage Jpeg = new(".jpg", "image/jpeg");
    private static readonly RasterImage Png = new(".png", "image/png");
    private static readonly RasterImage WebP = new(".webp", "image/webp");
    private static readonly RasterImage Gif = new(".gif", "image/gif");
    private static readonly RasterImage Avif = new(".avif", "image/avif");

    public static IReadOnlyList<RasterImage> All { get; } = [Jpeg, Png, WebP, Gif, Avif];

    /// <summary>Told by the first bytes, whatever the server says; <see langword="null"/> for SVG, HTML and all else.</summary>
    public static RasterImage? Of(ReadOnlySpan<byte> content) =>
        content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? Jpeg
        : content.StartsWith((ReadOnlySpan<byte>)[0x89, .. "PNG\r\n"u8, 0x1A, 0x0A]) ? Png
        : content.StartsWith("RIFF"u8) && Holds(content, 8, "WEBP"u8) ? WebP
        : content.StartsWith("GIF87a"u8) || content.StartsWith("GIF89a"u8) ? Gif
        : Holds(content, 4, "ftypavif"u8) || Holds(content, 4, "ftypavis"u8) ? Avif
        : null;

    private static bool Holds(ReadOnlySpan<byte> content, int offset, ReadOnlySpan<byte> mark) =>
        content.Length >= offset + mark.Length && content[offset..].StartsWith(mark);
}
