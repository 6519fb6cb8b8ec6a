using AniWorld.Data;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Policy;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Downloads;

/// <summary>What an item is fetched in when the language that the profile chose for it is gone, or no longer the best one.</summary>
internal sealed class LanguageFallback(DownloadClaims claims, PartialFiles partials, IOptionsMonitor<AniWorldOptions> options)
{
    /// <returns>
    /// The next language of the series' profile that the source offers and that is better than what is on disk; <see langword="null"/> when
    /// there is none or the user asked for the present one.
    /// </returns>
    public Language? After(DownloadQueueItem item, Episode episode) => Best(item, episode, (rank, present) => rank > present);

    /// <returns>
    /// A better language than the one that the profile chose when the item was queued, if the source has one by now and this is the item's
    /// first try; <see langword="null"/> when there is none or the user asked for the present one.
    /// </returns>
    public Language? InsteadOf(DownloadQueueItem item, Episode episode) =>
        item is { DownloadedBytes: 0, RetryCount: 0, Error: null } ? Best(item, episode, (rank, present) => rank < present) : null;

    /// <param name="fits">Whether a language's rank goes with that of the item's present language.</param>
    private Language? Best(DownloadQueueItem item, Episode episode, Func<int, int, bool> fits)
    {
        if (item.LanguageChosen)
        {
            return null;
        }

        var profile = LanguageChoice.ProfileOf(options.CurrentValue.Languages, episode.Series.LanguageProfile);
        var (present, have) = (LanguageChoice.Rank(profile, item.Language), LanguageChoice.Rank(profile, [.. episode.Files.Select(f => f.Language)]));
        var choices = profile.Order.Where((code, rank) => fits(rank, present) && rank < have && episode.RemovedLanguages?.Contains(code) is not true);
        return LanguageChoice.Best(
            profile with { Order = [.. choices] }, [.. episode.Availability.Where(a => a.WithdrawnAt is null).Select(a => a.Language)]);
    }

    /// <summary>Makes the item one for another language, in <paramref name="item"/> too.</summary>
    /// <returns>False when the episode is in the queue in that language already, or the item is no longer this claim's.</returns>
    public async Task<bool> ChangeAsync(DownloadQueueItem item, DownloadClaim claim, Language language, CancellationToken cancellationToken)
    {
        // What is there may be another worker's by now.
        if (!await claims.RenewAsync(claim, cancellationToken))
        {
            return false;
        }

        await partials.DiscardAsync(item);
        try
        {
            if (!await claims.SetLanguageAsync(claim, language, cancellationToken))
            {
                return false;
            }
        }
        catch (Exception e) when (e.IsUniqueViolation())
        {
            return false;
        }

        (item.Language, item.Hoster, item.DownloadedBytes, item.TotalBytes) = (language, null, 0, null);
        return true;
    }
}
