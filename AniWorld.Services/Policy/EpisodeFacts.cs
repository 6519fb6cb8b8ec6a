using AniWorld.Data.Library;

namespace AniWorld.Services.Policy;

/// <summary>What the owner has said about an episode.</summary>
/// <param name="Monitored">Its series is.</param>
/// <param name="RemovedAt">When its last file was seen to have been deleted.</param>
/// <param name="RemovedLanguages">Codes of the languages whose file the owner deleted, be there others or not.</param>
/// <param name="WantedAt">When the owner last asked for it; what the queue gave up before that does not count.</param>
public sealed record EpisodeFacts(
    bool Monitored = true,
    bool Ignored = false,
    DateTimeOffset? RemovedAt = null,
    IReadOnlyCollection<string>? RemovedLanguages = null,
    DateTimeOffset? WantedAt = null)
{
    public static EpisodeFacts Of(Episode episode, bool monitored) => new(
        monitored, episode.Ignored, episode.RemovedByUserAt, episode.RemovedLanguages, episode.WantedAt);
}

/// <summary>That the source has an episode in a language.</summary>
/// <param name="Since">When that was seen first.</param>
/// <param name="Withdrawn">It had it once, and has it no more.</param>
public readonly record struct Offer(Language Language, DateTimeOffset Since, bool Withdrawn = false)
{
    public static IReadOnlyList<Offer> Of(Episode episode) =>
        [.. episode.Availability.Select(a => new Offer(a.Language, a.FirstSeenAt, a.WithdrawnAt is not null))];
}
