using AniWorld.Blazor.Layout;
using AniWorld.Services.Downloads;

namespace AniWorld.Blazor.Library;

/// <summary>What became of a wish to download.</summary>
internal static class EnqueueSentence
{
    public static string Of(EnqueueResult result)
    {
        if (!result.SeriesKnown)
        {
            return "This series is no longer in the library.";
        }

        var added = result.Added.Count > 0 ? $"{Amount.Count(result.Added.Count, "episode", "episodes")} queued." : null;
        var skipped = result.Skipped switch
        {
            [] => null,
            [var one] => $"{EpisodeLabel.Short(one.Season, one.Episode)} was skipped: {one.Reason}",
            _ => $"{Amount.Count(result.Skipped.Count, "episode", "episodes")} skipped: " +
                string.Join(" ", result.Skipped.Select(s => s.Reason).Distinct().Take(3)),
        };
        return string.Join(" ", new[] { added, skipped }.Where(s => s is not null)) is { Length: > 0 } sentence
            ? sentence
            : "There is nothing to download.";
    }
}
