using AniWorld.Services.Faults;

namespace AniWorld.Services.Streaming;

/// <summary>Tells what an address that somebody gives leads to: a video file or a playlist.</summary>
internal sealed class MediaLink(HosterClient hoster)
{
    private static readonly string[] Files = [".mp4", ".mkv", ".webm", ".ts", ".m4v", ".avi"];

    /// <summary>A name that says it is believed, and saves a request; the downloader looks at the bytes anyway.</summary>
    /// <exception cref="FaultException"><c>not_media</c>: it is neither; <c>http_NNN</c> and those of the way out.</exception>
    public async Task<MediaStream> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        var extension = Path.GetExtension(address.AbsolutePath).ToLowerInvariant();
        if (extension is ".m3u8")
        {
            return StreamOf(TransferKind.Hls, address);
        }

        if (Files.Contains(extension))
        {
            return StreamOf(TransferKind.File, address);
        }

        var page = await hoster.OpenAsync(address, referer: null, cancellationToken);
        return page.Media ?? throw new FaultException(
            FaultCode.NotMedia, new Sentence("fault_link_no_media", page.Address));
    }

    private static MediaStream StreamOf(TransferKind transfer, Uri address) => new([new MediaTrack(TrackKind.Video, transfer, address)]);
}
