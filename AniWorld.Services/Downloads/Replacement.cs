using AniWorld.Data;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using AniWorld.Services.Library;
using AniWorld.Services.Policy;
using AniWorld.Services.Progress;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Downloads;

/// <summary>Moves what a better download has come for to the trash, where the series' profile says so.</summary>
internal sealed class Replacement(
    FileRemoval files,
    ProgressService progress,
    IDbContextFactory<AniWorldDbContext> databases,
    IOptionsMonitor<AniWorldOptions> options,
    ILogger<Replacement> logger)
{
    /// <remarks>
    /// Whoever asks for a language gets it beside the others, and keeps it: only what the profile chose replaces anything, and is replaced.
    /// When a file cannot be moved, both stay; there is nothing to mend then.
    /// </remarks>
    /// <param name="episode">With its series.</param>
    public async Task AfterAsync(DownloadQueueItem item, Episode episode)
    {
        var profile = LanguageChoice.ProfileOf(options.CurrentValue.Languages, episode.Series.LanguageProfile);
        if (item.LanguageChosen || profile.OnBetter != LanguageProfile.Replace)
        {
            return;
        }

        try
        {
            var number = new EpisodeNumber(item.Season, item.Number);
            var chosen = await ChosenAsync(item);
            if (await files.SupersedeAsync(
                    item.SeriesKey, number, (one, other) => !chosen.Contains(other) && IsBetter(profile, one, other), CancellationToken.None) is { } earlier)
            {
                logger.LogInformation(
                    "{Key} {Episode} in {Language} replaces {Earlier}", item.SeriesKey, number, item.Language, string.Join(", ", earlier.Files.Select(f => f.Path)));
                progress.Publish(new EpisodeReplaced(item.SeriesKey, episode.Series.Folder, item.Season, item.Number, item.Language, earlier));
            }
        }
        catch (FaultException fault)
        {
            logger.LogWarning(
                "What {Key} {Season}x{Number} in {Language} replaces stays beside it: {Code}: {Message}",
                item.SeriesKey, item.Season, item.Number, item.Language, fault.Code, fault.Message);
        }
    }

    /// <summary>The languages in which the user asked for this episode.</summary>
    private async Task<List<Language>> ChosenAsync(DownloadQueueItem item)
    {
        await using var database = await databases.CreateDbContextAsync();
        return await database.Downloads.IgnoreQueryFilters()
            .Where(i => i.SeriesKey == item.SeriesKey && i.Season == item.Season && i.Number == item.Number
                && i.LanguageChosen && i.Status == DownloadStatus.Completed)
            .Select(i => i.Language)
            .ToListAsync();
    }

    /// <summary>A file whose language is not known may be the better one, so nothing is better than that.</summary>
    private static bool IsBetter(LanguageProfile profile, Language one, Language other) =>
        other != Language.Unknown && LanguageChoice.Rank(profile, one) < LanguageChoice.Rank(profile, other);
}
