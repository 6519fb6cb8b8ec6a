namespace AniWorld.Services.Streaming;

/// <summary>What a track carries.</summary>
public enum TrackKind
{
    /// <summary>Video, or video and audio in one.</summary>
    Video,
    Audio,
    Subtitles,
}

/// <summary>How a track is transferred.</summary>
public enum TransferKind
{
    /// <summary>One file over HTTP.</summary>
    File,

    /// <summary>An HLS playlist (RFC 8216), master or media.</summary>
    Hls,
}

/// <summary>One media resource of a stream.</summary>
/// <param name="Url">Its absolute http or https address.</param>
/// <param name="Referer">Sent to the origin of <paramref name="Url"/> only; <see langword="null"/> for none.</param>
/// <param name="Language">Of an audio or subtitle track, as BCP 47; <see langword="null"/> when not known.</param>
public sealed record MediaTrack(TrackKind Kind, TransferKind Transfer, Uri Url, Uri? Referer = null, string? Language = null);

/// <summary>A playable video: one track that holds all of it, or separate ones that are fetched each and then joined.</summary>
public sealed record MediaStream(IReadOnlyList<MediaTrack> Tracks)
{
    /// <summary>The track whose address names the stream.</summary>
    public MediaTrack Main => Tracks[0];
}
