using AniWorld.Services.Downloads;

namespace AniWorld.Blazor.Library;

/// <summary>What became of a wish to download.</summary>
internal static class EnqueueSentence
{
    private const int MostReasons = 3;

    public static string Of(EnqueueResult result)
    {
        if (!result.SeriesKnown)
        {
            return LibraryTexts.Of("SeriesGone");
        }

        var added = result.Added.Count > 0 ? LibraryTexts.Count("Queued", result.Added.Count) : null;
        var skipped = result.Skipped switch
        {
            [] => null,
            [var one] => LibraryTexts.Of("SkippedOne", EpisodeLabel.Short(one.Season, one.Episode), ReasonOf(one)),
            _ => LibraryTexts.Of("SkippedMany", result.Skipped.Count, Reasons(result.Skipped)),
        };
        return string.Join(" ", new[] { added, skipped }.Where(s => s is not null)) is { Length: > 0 } sentence
            ? sentence
            : LibraryTexts.Of("NothingToDownload");
    }

    /// <summary>The first few of them, each once.</summary>
    public static string Reasons(IEnumerable<SkippedEpisode> skipped) => string.Join(" ", skipped.Select(ReasonOf).Distinct().Take(MostReasons));

    public static string ReasonOf(SkippedEpisode skipped) => skipped.Why is { } why
        ? LibraryTexts.Of($"Skip_{why}", string.Join(", ", skipped.Languages.Select(LanguageName.Long)), skipped.Profile)
        : skipped.Reason;
}
