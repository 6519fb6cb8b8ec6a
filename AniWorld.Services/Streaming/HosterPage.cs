namespace AniWorld.Services.Streaming;

/// <summary>What a link led to: a page's text, or of anything else the kind only.</summary>
/// <param name="Address">The address that answered, after redirects.</param>
/// <param name="Html">The page's text; <see langword="null"/> unless it is a page.</param>
/// <param name="Referer">What was sent to it as Referer and belongs to its media too.</param>
internal sealed record HosterPage(Uri Address, AnswerKind Kind, string? Html = null, Uri? Referer = null)
{
    /// <summary>The media that the answer itself is; <see langword="null"/> when it is none.</summary>
    public MediaStream? Media => Kind switch
    {
        AnswerKind.File => StreamOf(TransferKind.File),
        AnswerKind.Playlist => StreamOf(TransferKind.Hls),
        _ => null,
    };

    private MediaStream StreamOf(TransferKind transfer) => new([new MediaTrack(TrackKind.Video, transfer, Address, Referer)]);
}
