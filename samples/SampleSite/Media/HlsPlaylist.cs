namespace AniWorld.SampleSite.Media;

/// <summary>The texts of the playlists. Their addresses are relative, but for those of the keys, which start at the root.</summary>
internal static class HlsPlaylist
{
    public static string Master() => Join(
        [
            "#EXTM3U",
            "#EXT-X-VERSION:3",
            "#EXT-X-INDEPENDENT-SEGMENTS",
            .. HlsVariant.All.SelectMany(variant => new[]
            {
                $"#EXT-X-STREAM-INF:BANDWIDTH={variant.Bandwidth},RESOLUTION={variant.Resolution},CODECS=\"{variant.Codecs}\"",
                $"{variant.Name}/index.m3u8",
            }),
        ]);

    public static string Plain() => Media(firstSequence: 0, keyBefore: _ => null);

    /// <param name="path">Of the video at its hoster, with a slash at the end.</param>
    public static string Encrypted(VideoIdentity video, string path) => Media(HlsEncryption.FirstSequence, index => index switch
    {
        0 => $"#EXT-X-KEY:METHOD=AES-128,URI=\"{path}key-1.bin\"",
        HlsEncryption.SecondKeyFrom =>
            $"#EXT-X-KEY:METHOD=AES-128,URI=\"{path}key-2.bin\",IV=0x{Convert.ToHexStringLower(HlsEncryption.SecondVector(video))}",
        _ => null,
    });

    private static string Media(int firstSequence, Func<int, string?> keyBefore) => Join(
        [
            "#EXTM3U",
            "#EXT-X-VERSION:3",
            "#EXT-X-PLAYLIST-TYPE:VOD",
            $"#EXT-X-TARGETDURATION:{HlsVariant.SegmentSeconds}",
            $"#EXT-X-MEDIA-SEQUENCE:{firstSequence}",
            .. Enumerable.Range(0, HlsVariant.SegmentCount).SelectMany(index => new[]
            {
                keyBefore(index),
                $"#EXTINF:{HlsVariant.SegmentSeconds}.000,",
                $"{index}.ts",
            }),
            "#EXT-X-ENDLIST",
        ]);

    private static string Join(IEnumerable<string?> lines) => string.Concat(lines.OfType<string>().Select(line => line + "\n"));
}
