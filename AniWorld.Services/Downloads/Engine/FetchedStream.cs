namespace AniWorld.Services.Downloads.Engine;

/// <summary>All that a stream consists of, fetched: the picture first, then its sound when that came apart.</summary>
internal sealed record FetchedStream(IReadOnlyList<FetchedTrack> Tracks)
{
    /// <summary>Whether a file of all tracks was made while they arrived, under <see cref="TargetPaths.Remux"/>.</summary>
    public bool IsJoined { get; init; }

    /// <summary>Whether the stream says that it has sound.</summary>
    public bool SaysSound { get; init; }

    public IReadOnlyList<SubtitleFile> Subtitles { get; init; } = [];
}
