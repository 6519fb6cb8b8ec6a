using AniWorld.Data.Library;

namespace AniWorld.Services.Library;

/// <summary>What the user deletes is deleted on purpose, and not fetched again until the episode is wanted again.</summary>
internal static class RemovedByUser
{
    /// <summary>A file is gone. To be called once it no longer stands among the episode's files.</summary>
    public static void Removed(this Episode episode, Language language, DateTimeOffset now)
    {
        episode.RemovedByUserAt = episode.Files.Count == 0 ? now : null;
        if (language != Language.Unknown && !episode.Files.Exists(file => file.Language == language))
        {
            episode.RemovedLanguages = [.. (episode.RemovedLanguages ?? []).Append(language.Code).Distinct()];
        }
    }

    /// <summary>A file is there, again or for the first time.</summary>
    public static void Returned(this Episode episode, Language language)
    {
        episode.RemovedByUserAt = null;
        episode.RemovedLanguages = episode.RemovedLanguages?.Where(code => code != language.Code).ToList() is { Count: > 0 } others ? others : null;
    }
}
