using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;

namespace AniWorld.Services.Library;

/// <summary>Says of an episode where it stands, as a code with arguments; the sentence is made where somebody reads it.</summary>
internal static class EpisodeDecisions
{
    public static EpisodeDecision Of(Episode episode, Language? wanted, DownloadQueueItem? item, LanguageProfile profile) => episode switch
    {
        _ when item?.Status is DownloadStatus.Failed && episode.Files.Count == 0 => new("failed", ("error", item.Error)),
        _ when item is not null && item.Status is not DownloadStatus.Failed =>
            new("queued", ("language", item.Language.Code)) { Until = item.NextRetryAt },
        { Files.Count: > 0 } => new("have", ("languages", string.Join(", ", episode.Files.Select(f => f.Language.Code).Distinct()))),
        { Ignored: true } => new("ignored"),
        { RemovedByUserAt: { } at } => new("removed", ("date", at.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))),
        _ when wanted is { } language => new("missing", ("language", language.Code)),
        { Availability.Count: > 0 } => new("language_missing", ("profile", profile.Name)),
        _ => new("not_offered"),
    };
}
