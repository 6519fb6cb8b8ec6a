using AniWorld.Data.Library;

namespace AniWorld.Services.Library;

/// <summary>When the catalogue is looked at next for a series, and why then.</summary>
/// <param name="Reason">One of <see cref="RefreshReason"/>.</param>
public sealed record RefreshPlan(DateTimeOffset Next, string Reason)
{
    /// <summary>A steady pace is looked for this much before its hour, so that what is early is not found late ever after.</summary>
    private static readonly TimeSpan Lead = TimeSpan.FromHours(3);

    private static readonly TimeSpan Shortest = TimeSpan.FromDays(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(28);

    /// <summary>A series in which nothing has happened for so long is looked at in a seventh of that time.</summary>
    private const double ShareOfQuiet = 1 / 7.0;

    /// <summary>Share by which a wait is longer at random, so that a thousand series are not due at once.</summary>
    private const double MostJitter = 0.15;

    private static readonly TimeSpan Recent = TimeSpan.FromDays(28);
    private static readonly TimeSpan Finished = TimeSpan.FromDays(182);

    /// <summary>How many catalogue pages a look takes: the series' own, and one for each season. One that nothing is known of yet has one.</summary>
    public static int PagesOf(int seasons) => 1 + Math.Max(1, seasons);

    /// <summary>Learns it from when episodes came up, in each language.</summary>
    /// <param name="offers">Every offer of the series, in any order.</param>
    /// <param name="since">When the series was added: what was there by then says nothing.</param>
    /// <param name="hours">The user's own interval; <see langword="null"/> for what is learnt.</param>
    /// <param name="chance">0 to 1, at random.</param>
    public static RefreshPlan Of(IReadOnlyCollection<Offer> offers, DateTimeOffset since, int? hours, DateTimeOffset now, double chance)
    {
        if (hours is { } own)
        {
            return new RefreshPlan(now.AddHours(own), RefreshReason.Chosen);
        }

        var later = offers.Where(offer => offer.Season > 0 && offer.FirstSeenAt > since).ToList();
        if (Expected(later, offers, now) is { } expected)
        {
            return expected with { Next = expected.Next + (TimeSpan.FromMinutes(30) * chance) };
        }

        var quiet = now - (later.Count > 0 ? later.Max(offer => offer.FirstSeenAt) : since);
        var wait = TimeSpan.FromTicks(Math.Clamp((long)(quiet.Ticks * ShareOfQuiet), Shortest.Ticks, Longest.Ticks));
        return new RefreshPlan(
            now + (wait * (1 + (MostJitter * chance))),
            quiet < Recent ? RefreshReason.Recent : quiet < Finished ? RefreshReason.Finished : RefreshReason.Dormant);
    }

    /// <summary>After a look that brought nothing: soon again, then less and less often.</summary>
    /// <param name="failures">In a row, from 1.</param>
    public static RefreshPlan AfterFailure(int failures, DateTimeOffset now, double chance) =>
        new(now + (TimeSpan.FromHours(Math.Min(Math.Pow(2, failures), 24 * 7)) * (1 + (MostJitter * chance))), RefreshReason.Failed);

    /// <summary>The soonest of the languages whose episodes come at a steady pace.</summary>
    private static RefreshPlan? Expected(List<Offer> later, IReadOnlyCollection<Offer> all, DateTimeOffset now) => later
        .GroupBy(offer => offer.Language)
        .Select(language => (Newest: language.Max(OrderOf), Pace: ReleasePace.Of(
            [.. language.Select(offer => new ExpectedEpisodes.Appearance(offer.Season, offer.Number, offer.FirstSeenAt))])))
        .Where(language => language.Pace?.IsOn(now) is true)
        .Select(language => new RefreshPlan(
            NextLook(language.Pace!, now),
            language.Newest.CompareTo(all.Max(OrderOf)) < 0 ? RefreshReason.DubLag : RefreshReason.Airing))
        .MinBy(plan => plan.Next);

    /// <summary>Ahead of its hour; once that has passed, again and again, with longer waits.</summary>
    private static DateTimeOffset NextLook(ReleasePace pace, DateTimeOffset now)
    {
        var first = pace.Next - Lead;
        if (first > now)
        {
            return first;
        }

        var overdue = now - pace.Next;
        return now + TimeSpan.FromTicks(Math.Clamp(overdue.Ticks / 2, Lead.Ticks, Shortest.Ticks));
    }

    private static (int Season, int Number) OrderOf(Offer offer) => (offer.Season, offer.Number);

    /// <summary>That an episode is offered in a language.</summary>
    public sealed record Offer(int Season, int Number, Language Language, DateTimeOffset FirstSeenAt);
}
