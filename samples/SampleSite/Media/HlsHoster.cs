namespace AniWorld.SampleSite.Media;

/// <summary>Leads to an HLS master playlist with two variants (RFC 8216).</summary>
/// <param name="isEncrypted">Whether its segments are AES-128; the key changes midway, and only the second key has an IV of its own.</param>
internal sealed class HlsHoster(string name, bool isEncrypted) : IHoster
{
    private const string PlaylistType = "application/vnd.apple.mpegurl";

    public string Name => name;

    public string EntryPath(VideoIdentity video) => this.PathTo(video) + "master.m3u8";

    public SourceFile FileOf(VideoIdentity video)
    {
        var best = HlsVariant.All[^1];
        return new SourceFile([.. Enumerable.Range(0, HlsVariant.SegmentCount).Select(index => new BytesPart(best.Segment(index, video)))]);
    }

    public void Map(RouteGroupBuilder video)
    {
        video.MapMedia("master.m3u8", (VideoIdentity? video) => video is null ? Results.NotFound() : Playlist(HlsPlaylist.Master()));
        video.MapMedia("{variant}/index.m3u8", ServeVariant);
        video.MapMedia("{variant}/{index:int}.ts", ServeSegment);
        video.MapMedia("key-{number:int}.bin", ServeKey);
    }

    private IResult ServeVariant(VideoIdentity? video, string variant) => video is null || HlsVariant.Find(variant) is null
        ? Results.NotFound()
        : Playlist(isEncrypted ? HlsPlaylist.Encrypted(video, this.PathTo(video)) : HlsPlaylist.Plain());

    private IResult ServeSegment(VideoIdentity? video, string variant, int index)
    {
        if (video is null || HlsVariant.Find(variant) is not { } found || index is < 0 or >= HlsVariant.SegmentCount)
        {
            return Results.NotFound();
        }

        var segment = found.Segment(index, video);
        return new SourceFile([new BytesPart(isEncrypted ? HlsEncryption.Encrypt(segment, index, video) : segment)]).ToRangedResult("video/mp2t");
    }

    private IResult ServeKey(VideoIdentity? video, int number) => isEncrypted && video is not null && number is (1 or 2)
        ? Results.Bytes(HlsEncryption.Key(number, video), "application/octet-stream")
        : Results.NotFound();

    private static IResult Playlist(string text) => Results.Text(text, PlaylistType);
}
