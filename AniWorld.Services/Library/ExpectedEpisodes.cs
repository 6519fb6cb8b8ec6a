using AniWorld.Data;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Library;

/// <summary>When the next episodes of running series are expected.</summary>
/// <remarks>
/// Catalogues name no dates, so they are told from when episodes of the newest season came up at the source. Those that were there when the
/// series was added all count from that moment and say nothing.
/// </remarks>
public sealed class ExpectedEpisodes(IDbContextFactory<AniWorldDbContext> databases, TimeProvider time)
{
    /// <summary>At most one per series: those that are monitored, came at a steady pace lately, and are not long overdue.</summary>
    public async Task<IReadOnlyList<ExpectedEpisode>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var offers = await database.EpisodeAvailability.AsNoTracking()
            .Where(a => a.Episode.Season > 0 && a.Episode.Series.Monitored && a.FirstSeenAt > a.Episode.Series.CreatedAt)
            .GroupBy(a => new { a.Episode.Series.Key, a.Episode.Series.Name, a.Episode.Season, a.Episode.Number })
            .Select(g => new { g.Key, At = g.Min(a => a.FirstSeenAt) })
            .ToListAsync(cancellationToken);
        return
        [
            .. offers.GroupBy(o => (o.Key.Key, o.Key.Name), o => new Appearance(o.Key.Season, o.Key.Number, o.At))
                .Select(series => Next(series.Key.Key, series.Key.Name, [.. series], time.GetUtcNow()))
                .OfType<ExpectedEpisode>()
                .OrderBy(e => e.On)
                .ThenBy(e => e.Key, StringComparer.Ordinal),
        ];
    }

    /// <param name="appearances">When episodes came up, in any order.</param>
    internal static ExpectedEpisode? Next(string key, string name, IReadOnlyList<Appearance> appearances, DateTimeOffset now)
    {
        var pace = ReleasePace.Of(appearances);
        return pace?.IsOn(now) is true
            ? new ExpectedEpisode(key, name, pace.Last.Season, pace.Last.Number + 1, DateOnly.FromDateTime(pace.Next.UtcDateTime))
            : null;
    }

    /// <param name="At">When it was first offered in any language.</param>
    internal sealed record Appearance(int Season, int Number, DateTimeOffset At);
}

/// <param name="On">The day, in UTC.</param>
public sealed record ExpectedEpisode(string Key, string Name, int Season, int Number, DateOnly On);
