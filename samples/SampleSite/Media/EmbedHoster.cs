using AniWorld.SampleSite.Pages;

namespace AniWorld.SampleSite.Media;

/// <summary>Leads to a page with a player; the MP4 stands in its <c>&lt;source&gt;</c>.</summary>
internal sealed class EmbedHoster(string name, Mp4Clips clips) : IHoster
{
    public string Name => name;

    public string EntryPath(VideoIdentity video) => this.PathTo(video) + "embed";

    public SourceFile FileOf(VideoIdentity video) => clips.FileOf(video);

    public void Map(RouteGroupBuilder video)
    {
        video.MapGet("embed", ShowAsync);
        video.MapMedia("video.mp4", (VideoIdentity? video) => video is null ? Results.NotFound() : FileOf(video).ToRangedResult("video/mp4"));
    }

    private async Task<IResult> ShowAsync(VideoIdentity? video, PageRenderer pages) => video is null
        ? await pages.NotFoundAsync()
        : await pages.RenderAsync<EmbedPage>(new() { ["Hoster"] = Name, ["Video"] = video, ["Source"] = this.PathTo(video) + "video.mp4" });
}
