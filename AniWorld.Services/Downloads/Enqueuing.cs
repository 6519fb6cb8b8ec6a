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
    IDbContextFactory<AniWorldDbContext> databases, IOptionsMonitor<AniWorldOptions> options, ILogger<Enqueuing> logger)
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
        var known = await database.Downloads
            .Where(i => i.SeriesKey == series.Key && (DownloadStatuses.Open.Contains(i.Status) || i.Status == DownloadStatus.Failed))
            .ToListAsync(cancellationToken);
        var position = await database.Downloads.IgnoreQueryFilters().MaxAsync(i => (long?)i.Position, cancellationToken) ?? 0;
        var profile = LanguageChoice.ProfileOf(options.CurrentValue.Languages, series.LanguageProfile);

        var added = new List<Guid>();
        var skipped = new List<SkippedEpisode>();
        foreach (var number in request.Episodes.Distinct())
        {
            var decision = Decide(episodes.GetValueOrDefault(number), request.Language, profile, known);
            if (decision.Refusal is { } reason)
            {
                skipped.Add(new SkippedEpisode(number.Season, number.Episode, reason));
                continue;
            }

            var item = decision.Failed ?? NewItem(series, episodes[number], decision.Language);
            item.Language = decision.Language;
            item.LanguageChosen = request.Language is not null;
            item.Priority = request.Priority;
            item.Status = DownloadStatus.Pending;
            item.Error = null;
            item.NextRetryAt = null;
            item.RetryCount = 0;
            item.Position = ++position;
            if (decision.Failed is null)
            {
                database.Add(item);
            }

            added.Add(item.Id);
        }

        await database.SaveChangesAsync(cancellationToken);
        if (added.Count > 0)
        {
            logger.LogInformation("Queued {Count} episodes of {Key}", added.Count, series.Key);
        }

        return new EnqueueResult(true, added, skipped);
    }

    private static Decision Decide(
        Episode? episode, Language? asked, LanguageProfile profile, IReadOnlyList<DownloadQueueItem> known)
    {
        if (episode is null)
        {
            return Decision.Refuse("The series has no such episode.");
        }

        var offered = episode.Availability.Where(a => a.WithdrawnAt is null).Select(a => a.Language).ToList();
        if ((asked ?? LanguageChoice.Best(profile, offered)) is not { } language)
        {
            return Decision.Refuse(offered.Count == 0
                ? "The source does not offer it yet."
                : $"The source has it in {string.Join(", ", offered)} only, and none of them is in the language profile '{profile.Name}'.");
        }

        if (!offered.Contains(language))
        {
            return Decision.Refuse($"The source does not have it in {language}.");
        }

        if (episode.Files.Any(f => f.Language == language || (asked is null)))
        {
            return Decision.Refuse($"It is on disk already, in {string.Join(", ", episode.Files.Select(f => f.Language).Distinct())}.");
        }

        // One that the profile decided on may have gone over to another of its languages meanwhile.
        var same = known
            .Where(i => i.Season == episode.Season && i.Number == episode.Number && (i.Language == language || (asked is null && !i.LanguageChosen)))
            .ToList();
        return same.Find(i => i.Status != DownloadStatus.Failed) is { } open
            ? Decision.Refuse($"It is in the queue already, in {open.Language}.")
            : new Decision(null, language, same.FirstOrDefault());
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
    private sealed record Decision(string? Refusal, Language Language, DownloadQueueItem? Failed)
    {
        public static Decision Refuse(string reason) => new(reason, default, null);
    }
}
