using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;

namespace AniWorld.Services.Library;

/// <summary>Says of an episode, in one sentence, where it stands.</summary>
internal static class EpisodeDecisions
{
    public static EpisodeDecision Of(Episode episode, Language? wanted, DownloadQueueItem? item, LanguageProfile profile) => episode switch
    {
        _ when item?.Status is DownloadStatus.Failed && episode.Files.Count == 0 =>
            new("failed", $"The download failed: {item.Error}", null),
        _ when item is not null && item.Status is not DownloadStatus.Failed =>
            new("queued", $"It is in the queue, in {item.Language}.", item.NextRetryAt),
        { Files.Count: > 0 } => new("have", $"On disk in {string.Join(", ", episode.Files.Select(f => f.Language).Distinct())}.", null),
        { Ignored: true } => new("ignored", "You chose to ignore it.", null),
        { RemovedByUserAt: { } at } => new("removed", $"You removed its file; that was noticed on {at:yyyy-MM-dd}.", null),
        _ when wanted is { } language => new("missing", $"Not on disk; the source has it in {language}.", null),
        { Availability.Count: > 0 } => new(
            "language_missing", $"The source has it in no language of the profile '{profile.Name}'.", null),
        _ => new("not_offered", "The source does not offer it yet.", null),
    };
}
