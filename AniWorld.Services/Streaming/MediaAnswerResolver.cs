namespace AniWorld.Services.Streaming;

/// <summary>The link leads to the video file or the playlist itself.</summary>
internal sealed class MediaAnswerResolver : IStreamResolver
{
    public Task<MediaStream?> ResolveAsync(HosterPage page, CancellationToken cancellationToken = default) => Task.FromResult(page.Media);
}
