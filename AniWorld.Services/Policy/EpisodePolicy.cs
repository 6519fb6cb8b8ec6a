using System.Globalization;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;

namespace AniWorld.Services.Policy;

/// <summary>Decides about one episode from what is known of it. Asks nobody, changes nothing, and says the same whenever asked the same.</summary>
public static class EpisodePolicy
{
    /// <param name="files">The languages on disk.</param>
    /// <param name="history"><see langword="null"/> when the queue never had it, or brought it.</param>
    public static Decision Decide(
        EpisodeFacts episode,
        IReadOnlyList<Offer> availability,
        IReadOnlyCollection<Language> files,
        LanguageProfile profile,
        EpisodeHistory? history,
        DateTimeOffset now)
    {
        if (history is { IsOpen: true })
        {
            return InQueue(history);
        }

        var wanted = Wanted(episode, availability, files, profile);
        return files.Count > 0
            ? OnDisk(episode, availability, files, profile, history, wanted, now)
            : Absent(episode, availability, profile, history, wanted, now);
    }

    /// <summary>The best offer that would improve on what is on disk, whatever else stands in its way.</summary>
    /// <returns>
    /// <see langword="null"/> when there is none. Once the cut-off is reached there never is, and an unknown language counts as that: a library
    /// that is there already is not fetched again by itself.
    /// </returns>
    public static Offer? Wanted(
        EpisodeFacts episode, IReadOnlyList<Offer> availability, IReadOnlyCollection<Language> files, LanguageProfile profile)
    {
        var have = LanguageChoice.Rank(profile, files);
        if (files.Count > 0 && (have <= LanguageChoice.CutoffRank(profile) || files.Contains(Language.Unknown)))
        {
            return null;
        }

        Offer? best = null;
        foreach (var offer in availability)
        {
            var rank = LanguageChoice.Rank(profile, offer.Language);
            if (!offer.Withdrawn && rank < have && !(files.Count > 0 && IsRemoved(episode, offer.Language)))
            {
                (best, have) = (offer, rank);
            }
        }

        return best;
    }

    /// <summary>Since when the source has something that would improve on what is on disk.</summary>
    /// <returns><see langword="null"/> when it has nothing.</returns>
    public static DateTimeOffset? AvailableSince(IReadOnlyList<Offer> availability, IReadOnlyCollection<Language> files, LanguageProfile profile)
    {
        var have = LanguageChoice.Rank(profile, files);
        DateTimeOffset? first = null;
        foreach (var offer in availability)
        {
            if (!offer.Withdrawn && !(offer.Since >= first) && LanguageChoice.Rank(profile, offer.Language) < have)
            {
                first = offer.Since;
            }
        }

        return first;
    }

    private static Decision InQueue(EpisodeHistory history) => history is { NextTryAt: { } next, Error: { } error }
        ? new(DecisionCode.Retrying, ("language", history.Language.Code), ("error", error)) { Until = next }
        : new(DecisionCode.Queued, ("language", history.Language.Code));

    private static Decision OnDisk(
        EpisodeFacts episode,
        IReadOnlyList<Offer> availability,
        IReadOnlyCollection<Language> files,
        LanguageProfile profile,
        EpisodeHistory? history,
        Offer? wanted,
        DateTimeOffset now)
    {
        var languages = ("languages", Names(files.Select(language => language.Code).Distinct()));
        if (files.Contains(Language.Unknown))
        {
            return new(DecisionCode.HaveUnknown);
        }

        if (episode.Ignored || !episode.Monitored || LanguageChoice.Rank(profile, files) <= LanguageChoice.CutoffRank(profile))
        {
            return new(DecisionCode.Have, languages);
        }

        if (wanted is not { } better)
        {
            return new(DecisionCode.BelowCutoff, languages, ("cutoff", profile.Cutoff));
        }

        if (Obstacle(episode, history, better, now) is { } obstacle)
        {
            return obstacle;
        }

        if (Grace(availability, files, better, profile, now) is { } until)
        {
            return new(DecisionCode.UpgradeWaiting, [languages, .. WaitingFor(better, profile)]) { Until = until };
        }

        var code = profile.OnBetter == LanguageProfile.KeepBoth ? DecisionCode.UpgradeBeside : DecisionCode.Upgrade;
        return new(code, languages, ("language", better.Language.Code)) { Fetch = better.Language };
    }

    private static Decision Absent(
        EpisodeFacts episode,
        IReadOnlyList<Offer> availability,
        LanguageProfile profile,
        EpisodeHistory? history,
        Offer? wanted,
        DateTimeOffset now)
    {
        if (episode.Ignored)
        {
            return new(DecisionCode.Ignored);
        }

        if (episode.RemovedAt is { } removedAt)
        {
            return new(DecisionCode.Removed, ("date", Date(removedAt)));
        }

        if (wanted is not { } offer)
        {
            return NotWanted(availability, profile);
        }

        if (!episode.Monitored)
        {
            return new(DecisionCode.NotMonitored, ("language", offer.Language.Code));
        }

        if (Obstacle(episode, history, offer, now) is { } obstacle)
        {
            return obstacle;
        }

        return Grace(availability, [], offer, profile, now) is { } until
            ? new(DecisionCode.Waiting, [.. WaitingFor(offer, profile)]) { Until = until }
            : new(DecisionCode.Missing, ("language", offer.Language.Code)) { Fetch = offer.Language };
    }

    private static Decision NotWanted(IReadOnlyList<Offer> availability, LanguageProfile profile)
    {
        var offered = availability.Where(offer => !offer.Withdrawn).Select(offer => offer.Language.Code).ToList();
        return (offered.Count, availability.Count) switch
        {
            ( > 0, _) => new(DecisionCode.LanguageMissing, ("offered", Names(offered)), ("profile", profile.Name)),
            (_, > 0) => new(DecisionCode.Withdrawn),
            _ => new(DecisionCode.NotOffered),
        };
    }

    /// <summary>What the queue could not do, or the owner stopped, is not begun again, unless asked or for an offer that is newer.</summary>
    private static Decision? Obstacle(EpisodeFacts episode, EpisodeHistory? history, Offer offer, DateTimeOffset now)
    {
        if (history is null || history.At <= episode.WantedAt || history.At < offer.Since)
        {
            return null;
        }

        return (history.Status, history.RetryAt) switch
        {
            (DownloadStatus.Cancelled, _) => new(DecisionCode.Cancelled, ("date", Date(history.At))),
            (DownloadStatus.Failed, null) => new(DecisionCode.Failed, ("error", history.Error)),
            (DownloadStatus.Failed, { } again) when again > now =>
                new(DecisionCode.FailedForNow, ("error", history.Error)) { Until = again },
            _ => null,
        };
    }

    /// <summary>Until when something better than <paramref name="offer"/> is waited for, counted from the first offer that would do.</summary>
    /// <returns><see langword="null"/> when nothing is waited for, or no longer.</returns>
    private static DateTimeOffset? Grace(
        IReadOnlyList<Offer> availability, IReadOnlyCollection<Language> files, Offer offer, LanguageProfile profile, DateTimeOffset now)
    {
        if (profile.GraceDays == 0 || LanguageChoice.Rank(profile, offer.Language) <= LanguageChoice.CutoffRank(profile))
        {
            return null;
        }

        var until = (AvailableSince(availability, files, profile) ?? offer.Since).AddDays(profile.GraceDays);
        return until > now ? until : null;
    }

    private static IEnumerable<(string Name, string? Value)> WaitingFor(Offer offer, LanguageProfile profile) =>
    [
        ("language", offer.Language.Code),
        ("better", Names(profile.Order.Take(LanguageChoice.Rank(profile, offer.Language)))),
        ("since", Date(offer.Since)),
    ];

    private static bool IsRemoved(EpisodeFacts episode, Language language) => episode.RemovedLanguages?.Contains(language.Code) is true;

    private static string Names(IEnumerable<string> codes) => string.Join(", ", codes);

    private static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
