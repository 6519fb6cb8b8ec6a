using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Library;

namespace AniWorld.Services.Downloads;

/// <summary>What to queue.</summary>
/// <param name="Language"><see langword="null"/> lets the series' language profile decide per episode.</param>
public sealed record EnqueueRequest(
    string Key, IReadOnlyList<EpisodeNumber> Episodes, DownloadPriority Priority = DownloadPriority.Normal, Language? Language = null)
{
    /// <summary>Nobody asked: only what the policy wants now is queued, not what was ignored, removed, given up or is waited for.</summary>
    public bool ByItself { get; init; }
}

/// <summary>What was queued and what was not.</summary>
/// <param name="SeriesKnown">False when no series has the key; then nothing was queued.</param>
public sealed record EnqueueResult(bool SeriesKnown, IReadOnlyList<Guid> Added, IReadOnlyList<SkippedEpisode> Skipped);

/// <param name="Reason">A sentence.</param>
public sealed record SkippedEpisode(int Season, int Episode, string Reason);
