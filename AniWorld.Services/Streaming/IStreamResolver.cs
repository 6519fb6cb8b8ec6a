using AniWorld.Services.Catalogue;

namespace AniWorld.Services.Streaming;

/// <summary>One link of the chain that leads from a hoster's link to a media stream.</summary>
public interface IStreamResolver
{
    /// <returns>The stream, or <see langword="null"/> when this resolver does not understand what the link leads to.</returns>
    /// <exception cref="Faults.FaultException">It understands, and the stream cannot be had.</exception>
    Task<MediaStream?> ResolveAsync(HosterLink link, CancellationToken cancellationToken = default);
}
