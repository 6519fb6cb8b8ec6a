namespace AniWorld.SampleSite.Media;

/// <summary>Leads straight to an MP4.</summary>
/// <param name="hasRanges">Whether it serves parts and names a validator (RFC 9110, 14), or knows only whole files.</param>
internal sealed class FileHoster(string name, bool hasRanges, Mp4Clips clips) : IHoster
{
    public string Name => name;

    public string EntryPath(VideoIdentity video) => this.PathTo(video) + "video.mp4";

    public SourceFile FileOf(VideoIdentity video) => clips.FileOf(video);

    public void Map(RouteGroupBuilder video) => video.MapMedia("video.mp4", Serve);

    private IResult Serve(VideoIdentity? video)
    {
        if (video is null)
        {
            return Results.NotFound();
        }

        var file = FileOf(video);
        return hasRanges ? file.ToRangedResult("video/mp4") : file.ToPlainResult("video/mp4");
    }
}
