using Appearance = AniWorld.Services.Library.ExpectedEpisodes.Appearance;

namespace AniWorld.Services.Library;

/// <summary>The steady pace at which the newest season's episodes come.</summary>
/// <param name="Last">The newest one.</param>
internal sealed record ReleasePace(Appearance Last, TimeSpan Gap)
{
    /// <summary>Days between two episodes; a longer break is the end of a season.</summary>
    private const double LongestGap = 31;

    /// <summary>Days by which the gaps of a regular series differ at most: it is looked at once a day, and sites are late at times.</summary>
    private const double Unsteady = 2.5;

    private const int FewestGaps = 2;

    /// <summary>When the next one is to come.</summary>
    public DateTimeOffset Next => Last.At + Gap;

    /// <summary>Whether it is still to be reckoned with: the next one is not a whole gap late.</summary>
    public bool IsOn(DateTimeOffset now) => now <= Next + Gap;

    /// <param name="appearances">In any order.</param>
    /// <returns><see langword="null"/> when there is no steady pace, or too few have come to tell.</returns>
    public static ReleasePace? Of(IReadOnlyCollection<Appearance> appearances)
    {
        // Several on one day are one appearance: the last of them goes on.
        var lately = appearances.GroupBy(a => a.Season).MaxBy(season => season.Key)?
            .GroupBy(a => DateOnly.FromDateTime(a.At.UtcDateTime))
            .OrderBy(day => day.Key)
            .Select(day => day.MaxBy(a => a.Number)!)
            .TakeLast(FewestGaps + 1)
            .ToList();
        if (lately is not { Count: > FewestGaps })
        {
            return null;
        }

        var gaps = lately.Zip(lately.Skip(1), (one, other) => (other.At - one.At).TotalDays).ToList();
        var gap = gaps.Average();
        return gap <= LongestGap && gaps.Max() - gaps.Min() <= Unsteady ? new ReleasePace(lately[^1], TimeSpan.FromDays(gap)) : null;
    }
}
