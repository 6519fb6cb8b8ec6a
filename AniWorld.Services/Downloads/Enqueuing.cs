using AniWorld.Data;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Library;
using AniWorld.Services.Policy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Downloads;

/// <summary>Decides which of the episodes asked for get a place in the queue, and gives it to them.</summary>
internal sealed class Enqueuing(
    IDbContextFactory<AniWorldDbContext> databases, IOptionsMonitor<AniWorldOptions> options, TimeProvider time, ILogger<Enqueuing> logger)
{
    private const int Tries = 5;

    public async Task<EnqueueResult> EnqueueAsync(EnqueueRequest request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryEnqueueAsync(request, cancellationToken);
            }
            catch (DbUpdateException e) when (e.IsUniqueViolation() && attempt < Tries)
            {
                // The index over open downloads decides; somebody queued one of these a moment ago, so the next look sees it.
            }
        }
    }

    /// <summary>Makes a failed or waiting item ready to be taken, unless the episode was queued anew meanwhile.</summary>
    public async Task<bool> ReopenAsync(AniWorldDbContext database, Guid id, CancellationToken cancellationToken)
    {
        try
        {
            return await database.Downloads
                .Where(i => i.Id == id && (i.Status == DownloadStatus.Failed || i.Status == DownloadStatus.Pending))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(i => i.Status, DownloadStatus.Pending)
                        .SetProperty(i => i.RetryCount, 0)
                        .SetProperty(i => i.NextRetryAt, (DateTimeOffset?)null)
                        .SetProperty(i => i.Error, (string?)null)
                        .SetProperty(i => i.Hoster, i => i.DownloadedBytes > 0 ? i.Hoster : null)
                        .SetProperty(i => i.PausedByUser, false),
                    cancellationToken) == 1;
        }
        catch (Exception e) when (e.IsUniqueViolation())
        {
            return false;
        }
    }

    private async Task<EnqueueResult> TryEnqueueAsync(EnqueueRequest request, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.LockAsync(QueueLock.Adding, cancellationToken);
        var series = await database.Series.AsNoTracking().SingleOrDefaultAsync(s => s.Key == request.Key, cancellationToken);
        if (series is null)
        {
            return new EnqueueResult(false, [], []);
        }

        var seasons = request.Episodes.Select(e => e.Season).Distinct().ToList();
        var episodes = await database.Episodes.AsNoTracking()
            .Include(e => e.Files)
            .Include(e => e.Availability)
            .AsSplitQuery()
            .Where(e => e.SeriesId == series.Id && seasons.Contains(e.Season))
            .ToDictionaryAsync(e => new EpisodeNumber(e.Season, e.Number), cancellationToken);
        var known = await database.Downloads.ThatCount().Where(i => i.SeriesKey == series.Key).ToListAsync(cancellationToken);
        var position = await database.Downloads.IgnoreQueryFilters().MaxAsync(i => (long?)i.Position, cancellationToken) ?? 0;
        var profile = LanguageChoice.ProfileOf(options.CurrentValue.Languages, series.LanguageProfile);

        var added = new List<Guid>();
        var skipped = new List<SkippedEpisode>();
        foreach (var number in request.Episodes.Distinct())
        {
            var items = known.Where(i => i.Season == number.Season && i.Number == number.Episode).ToList();
            var choice = Choose(episodes.GetValueOrDefault(number), request, series.Monitored, profile, items);
            if (choice.Refusal is { } refusal)
            {
                skipped.Add(new SkippedEpisode(number.Season, number.Episode, refusal.Sentence)
                {
                    Why = refusal.Why,
                    Languages = refusal.Languages,
                    Profile = profile.Name,
                });
                continue;
            }

            var item = choice.Failed ?? NewItem(series, episodes[number], choice.Language);
            item.Language = choice.Language;
            item.LanguageChosen = request.Language is not null;
            item.Priority = request.Priority;
            item.Status = DownloadStatus.Pending;
            item.Error = null;
            item.Hoster = item.DownloadedBytes > 0 ? item.Hoster : null;
            item.NextRetryAt = null;
            item.RetryCount = 0;
            item.Position = ++position;
            if (choice.Failed is null)
            {
                database.Add(item);
            }

            added.Add(item.Id);
        }

        await database.SaveChangesAsync(cancellationToken);
        if (transaction is not null)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        if (added.Count > 0)
        {
            logger.LogInformation("Queued {Count} episodes of {Key}", added.Count, series.Key);
        }

        return new EnqueueResult(true, added, skipped);
    }

    /// <param name="items">Those of this episode that count.</param>
    private Choice Choose(
        Episode? episode, EnqueueRequest request, bool monitored, LanguageProfile profile, IReadOnlyList<DownloadQueueItem> items)
    {
        if (episode is null)
        {
            return Choice.Refuse(SkipReason.NoSuchEpisode, "The series has no such episode.");
        }

        return request.Language is { } asked
            ? AsAsked(episode, asked, items)
            : ByProfile(episode, request.ByItself, monitored, profile, items);
    }

    private static Choice AsAsked(Episode episode, Language language, IReadOnlyList<DownloadQueueItem> items)
    {
        if (!episode.Availability.Exists(a => a.WithdrawnAt is null && a.Language == language))
        {
            return Choice.Refuse(SkipReason.NotInLanguage, $"The source does not have it in {language}.", language);
        }

        if (episode.Files.Exists(f => f.Language == language))
        {
            return OnDisk(episode);
        }

        var same = items.Where(i => i.Language == language).ToList();
        return same.Exists(i => DownloadStatuses.Open.Contains(i.Status))
            ? InQueue(language)
            : new Choice(null, language, same.Find(i => i.Status == DownloadStatus.Failed));
    }

    /// <summary>Who asks wants it now, whatever was said before; by itself only what the policy says is queued.</summary>
    private Choice ByProfile(
        Episode episode, bool byItself, bool monitored, LanguageProfile profile, IReadOnlyList<DownloadQueueItem> items)
    {
        var now = time.GetUtcNow();
        var history = EpisodeHistory.Of(items);
        List<Language> files = [.. episode.Files.Select(f => f.Language)];
        var decision = byItself
            ? EpisodePolicy.Decide(EpisodeFacts.Of(episode, monitored), Offer.Of(episode), files, profile, history, now)
            : EpisodePolicy.Decide(
                new EpisodeFacts(), Offer.Of(episode), files, profile with { GraceDays = 0 }, history is { IsOpen: true } ? history : null, now);

        // One that failed in another language of the profile becomes one for this.
        return decision.Fetch is { } language
            ? new Choice(null, language, items.FirstOrDefault(i => i.Status == DownloadStatus.Failed && (i.Language == language || !i.LanguageChosen)))
            : Refusal(decision, episode, profile, history);
    }

    private static Choice Refusal(Decision decision, Episode episode, LanguageProfile profile, EpisodeHistory? history) => decision.Code switch
    {
        DecisionCode.Queued or DecisionCode.Retrying => InQueue(history!.Language),
        DecisionCode.Have or DecisionCode.HaveUnknown or DecisionCode.BelowCutoff => OnDisk(episode),
        DecisionCode.NotOffered => Choice.Refuse(SkipReason.NotOffered, "The source does not offer it yet."),
        DecisionCode.Withdrawn => Choice.Refuse(SkipReason.Withdrawn, "The source no longer offers it."),
        DecisionCode.LanguageMissing => Elsewhere(episode, profile),
        _ => Choice.Refuse(SkipReason.NotDue, "It is not due now."),
    };

    private static Choice InQueue(Language language) =>
        Choice.Refuse(SkipReason.InQueue, $"It is in the queue already, in {language}.", language);

    private static Choice OnDisk(Episode episode)
    {
        Language[] languages = [.. episode.Files.Select(f => f.Language).Distinct()];
        return Choice.Refuse(SkipReason.OnDisk, $"It is on disk already, in {string.Join(", ", languages)}.", languages);
    }

    private static Choice Elsewhere(Episode episode, LanguageProfile profile)
    {
        Language[] languages = [.. episode.Availability.Where(a => a.WithdrawnAt is null).Select(a => a.Language)];
        return Choice.Refuse(
            SkipReason.LanguageMissing,
            $"The source has it in {string.Join(", ", languages)} only, and none of them is in the language profile '{profile.Name}'.",
            languages);
    }

    private DownloadQueueItem NewItem(AnimeSeries series, Episode episode, Language language) => new()
    {
        Id = Guid.NewGuid(),
        SeriesKey = series.Key,
        SeriesName = series.Name,
        SeriesFolder = series.Folder,
        Season = episode.Season,
        Number = episode.Number,
        Title = EpisodeTitle.Of(episode, options.CurrentValue.Naming.TitleLanguage),
        Language = language,
    };

    /// <param name="Refusal">Why it is skipped; <see langword="null"/> when it is queued.</param>
    /// <param name="Failed">An item that failed before and is taken up again instead of a second one.</param>
    private sealed record Choice(SkipRefusal? Refusal, Language Language, DownloadQueueItem? Failed)
    {
        public static Choice Refuse(SkipReason why, string sentence, params Language[] languages) =>
            new(new SkipRefusal(why, sentence, languages), default, null);
    }

    private sealed record SkipRefusal(SkipReason Why, string Sentence, IReadOnlyList<Language> Languages);
}
