using AniWorld.Services.Downloads.Engine.Containers;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>One track as it lies in its part file, complete.</summary>
/// <param name="Container"><see langword="null"/> for bare sound, which only joining makes playable.</param>
/// <param name="Runs">Stretches within which time goes on evenly; more than one after discontinuities.</param>
/// <param name="Expected">The duration that its playlist tells.</param>
internal sealed record FetchedTrack(PartPaths Paths, MediaContainer? Container, IReadOnlyList<MediaRun> Runs, ExpectedDuration? Expected);

/// <param name="Seconds">As the playlist tells it.</param>
internal readonly record struct MediaRun(ByteRange Bytes, double Seconds);

/// <summary>How long a stream should play, and by how much it may differ.</summary>
internal sealed record ExpectedDuration(TimeSpan Duration, TimeSpan Tolerance);
