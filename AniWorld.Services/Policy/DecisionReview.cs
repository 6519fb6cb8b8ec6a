using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using AniWorld.Data;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Policy;

/// <summary>Decides about episodes anew, and stores the decisions that became others.</summary>
internal sealed class DecisionReview(
    IDbContextFactory<AniWorldDbContext> databases, IOptionsMonitor<AniWorldOptions> options, TimeProvider time)
{
    /// <summary>Few enough for little memory and short writes, so many that queries cost little.</summary>
    private const int SeriesAtOnce = 250;

    /// <summary>By name, as they are done.</summary>
    public async IAsyncEnumerable<ReviewedSeries> RunAsync(
        Expression<Func<AnimeSeries, bool>> which, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var some in (await SeriesAsync(which, cancellationToken)).Chunk(SeriesAtOnce))
        {
            foreach (var series in await ReviewAsync(some, cancellationToken))
            {
                yield return series;
            }
        }
    }

    private async Task<List<AnimeSeries>> SeriesAsync(Expression<Func<AnimeSeries, bool>> which, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var series = await database.Series.AsNoTracking().Where(which).ToListAsync(cancellationToken);
        return [.. series.OrderBy(one => one.Name, StringComparer.InvariantCultureIgnoreCase)];
    }

    private async Task<List<ReviewedSeries>> ReviewAsync(IReadOnlyList<AnimeSeries> series, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var ids = series.Select(one => one.Id).ToList();
        var known = await KnownEpisodes.ReadAsync(
            database, database.Episodes.Where(e => ids.Contains(e.SeriesId)), series.ToDictionary(one => one.Id), cancellationToken);
        var (now, languages) = (time.GetUtcNow(), options.CurrentValue.Languages);
        var episodes = known.ToLookup(e => e.SeriesId);
        var reviewed = series.Select(one => Review(one, episodes[one.Id], languages, now)).Where(one => one.Episodes.Count > 0).ToList();
        await StoreAsync(database, reviewed.SelectMany(one => one.Episodes).Where(e => e.Known.Stored?.Says(e.Decision) is not true), now, cancellationToken);
        return reviewed;
    }

    private static ReviewedSeries Review(AnimeSeries series, IEnumerable<KnownEpisode> episodes, LanguageOptions languages, DateTimeOffset now)
    {
        var profile = LanguageChoice.ProfileOf(languages, series.LanguageProfile);
        return new ReviewedSeries(
            series,
            [.. episodes.Select(e => new ReviewedEpisode(e, EpisodePolicy.Decide(e.Facts, e.Offers, e.Files, profile, e.History, now)))]);
    }

    /// <summary>Most episodes are decided alike: one statement for all that say the same.</summary>
    private static async Task StoreAsync(
        AniWorldDbContext database, IEnumerable<ReviewedEpisode> changed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var alike = changed.GroupBy(one => one.Decision, one => one.Known.Id).ToList();
        if (alike.Count == 0)
        {
            return;
        }

        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        foreach (var group in alike)
        {
            var (decision, ids) = (group.Key, group.ToList());
            var arguments = decision.Arguments.Where(a => a.Value is not null).ToDictionary(a => a.Name, a => a.Value!);
            await database.Episodes.IgnoreQueryFilters().Where(e => ids.Contains(e.Id)).ExecuteUpdateAsync(
                set => set
                    .SetProperty(e => e.DecisionCode, decision.Code)
                    .SetProperty(e => e.DecisionArguments, arguments)
                    .SetProperty(e => e.DecisionUntil, decision.Until)
                    .SetProperty(e => e.DecidedAt, now)
                    .SetProperty(e => e.UpdatedAt, now),
                cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }
}

/// <summary>A series with what was decided about its episodes, in no order.</summary>
internal sealed record ReviewedSeries(AnimeSeries Series, IReadOnlyList<ReviewedEpisode> Episodes);

internal sealed record ReviewedEpisode(KnownEpisode Known, Decision Decision);
