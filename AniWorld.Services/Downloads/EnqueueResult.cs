using System.Text.Json.Serialization;
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

/// <param name="Reason">A sentence, in English.</param>
public sealed record SkippedEpisode(int Season, int Episode, string Reason)
{
    /// <summary>The same for who says it in another language.</summary>
    [JsonIgnore]
    public SkipReason? Why { get; init; }

    /// <summary>What it is on disk, in the queue or on offer in, as far as <see cref="Why"/> is about that.</summary>
    [JsonIgnore]
    public IReadOnlyList<Language> Languages { get; init; } = [];

    /// <summary>Name of the language profile that decided.</summary>
    [JsonIgnore]
    public string? Profile { get; init; }
}

public enum SkipReason
{
    NoSuchEpisode,

    /// <summary>Not offered in the one language that was asked for.</summary>
    NotInLanguage,
    OnDisk,
    InQueue,
    NotOffered,
    Withdrawn,

    /// <summary>Offered in no language of the profile.</summary>
    LanguageMissing,
    NotDue,
}
