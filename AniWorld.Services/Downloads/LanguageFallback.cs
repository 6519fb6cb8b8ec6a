using AniWorld.Data;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Policy;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Downloads;

/// <summary>What an item is fetched in when nobody has it any more in the language that the profile chose.</summary>
internal sealed class LanguageFallback(DownloadClaims claims, PartialFiles partials, IOptionsMonitor<AniWorldOptions> options)
{
    /// <returns>
    /// The next language of the series' profile that the source offers and that is not on disk; <see langword="null"/> when there is none
    /// or the user asked for the present one.
    /// </returns>
    public Language? After(DownloadQueueItem item, Episode episode)
    {
        if (item.LanguageChosen)
        {
            return null;
        }

        var profile = LanguageChoice.ProfileOf(options.CurrentValue.Languages, episode.Series.LanguageProfile);
        var later = profile.Order.SkipWhile(code => code != item.Language.Code).Skip(1).ToList();
        var free = episode.Availability
            .Where(offer => offer.WithdrawnAt is null && !episode.Files.Exists(file => file.Language == offer.Language))
            .Select(offer => offer.Language)
            .ToList();
        return LanguageChoice.Best(profile with { Order = later }, free);
    }

    /// <summary>Makes the item one for another language, in <paramref name="item"/> too.</summary>
    /// <returns>False when the episode is in the queue in that language already, or the item is no longer this claim's.</returns>
    public async Task<bool> ChangeAsync(DownloadQueueItem item, DownloadClaim claim, Language language, CancellationToken cancellationToken)
    {
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
