using AniWorld.Data.Library;

namespace AniWorld.Services.Library;

/// <summary>The one title of an episode that is shown and used in file names.</summary>
public static class EpisodeTitle
{
    /// <returns>The title in <paramref name="language"/>, else in any; empty when there is none.</returns>
    public static string Of(Episode episode, string language) =>
        episode.Titles.GetValueOrDefault(language) is { Length: > 0 } title
            ? title
            : episode.Titles.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => t.Value).FirstOrDefault(t => t.Length > 0) ?? "";
}
