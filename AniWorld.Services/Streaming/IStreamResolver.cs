namespace AniWorld.Services.Streaming;

/// <summary>One way to find the media stream in what a hoster's link leads to.</summary>
internal interface IStreamResolver
{
    /// <returns>The stream, or <see langword="null"/> when this resolver finds none in <paramref name="page"/>.</returns>
    /// <exception cref="Faults.FaultException">There is one, and it cannot be had.</exception>
    Task<MediaStream?> ResolveAsync(HosterPage page, CancellationToken cancellationToken = default);
}
