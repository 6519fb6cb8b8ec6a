using AniWorld.Data;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Policy;

/// <summary>Decides about all episodes anew, and stores the decisions that became others.</summary>
internal sealed class DecisionReview(
    IDbContextFactory<AniWorldDbContext> databases, IOptionsMonitor<AniWorldOptions> options, TimeProvider time)
{
    /// <summary>Rows per write: few enough that others who write need not wait long.</summary>
    private const int AtOnce = 2_000;

    /// <param name="key">Only this series; <see langword="null"/> for all.</param>
    public async Task<IReadOnlyList<ReviewedSeries>> RunAsync(string? key, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var series = await database.Series.AsNoTracking().Where(s => key == null || s.Key == key).ToDictionaryAsync(s => s.Id, cancellationToken);
        var episodes = database.Episodes.Where(e => key == null || e.Series.Key == key);
        var known = await KnownEpisodes.ReadAsync(database, episodes, series, cancellationToken);
        var now = time.GetUtcNow();
        var languages = options.CurrentValue.Languages;
        var reviewed = known.GroupBy(e => e.SeriesId)
            .Select(own => Review(series[own.Key], [.. own], languages, now))
            .OrderBy(one => one.Series.Name, StringComparer.InvariantCultureIgnoreCase)
            .ToList();
        await StoreAsync(database, [.. reviewed.SelectMany(one => one.Episodes).Where(e => e.Known.Stored?.Says(e.Decision) is not true)], now, cancellationToken);
        return reviewed;
    }

    private static ReviewedSeries Review(AnimeSeries series, List<KnownEpisode> episodes, LanguageOptions languages, DateTimeOffset now)
    {
        var profile = LanguageChoice.ProfileOf(languages, series.LanguageProfile);
        return new ReviewedSeries(
            series,
            [.. episodes.Select(e => new ReviewedEpisode(e, EpisodePolicy.Decide(e.Facts, e.Offers, e.Files, profile, e.History, now)))]);
    }

    private static async Task StoreAsync(
        AniWorldDbContext database, List<ReviewedEpisode> changed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var some in changed.Chunk(AtOnce))
        {
            foreach (var (known, decision) in some)
            {
                var row = new Episode { Id = known.Id };
                database.Attach(row);
                row.DecisionCode = decision.Code;
                row.DecisionArguments = decision.Arguments.Where(a => a.Value is not null).ToDictionary(a => a.Name, a => a.Value!);
                row.DecisionUntil = decision.Until;
                row.DecidedAt = now;
                var entry = database.Entry(row);
                entry.Property(e => e.DecisionArguments).IsModified = true;
                entry.Property(e => e.DecisionUntil).IsModified = true;
            }

            await database.SaveChangesAsync(cancellationToken);
            database.ChangeTracker.Clear();
        }
    }
}

/// <summary>A series with what was decided about its episodes, in no order.</summary>
internal sealed record ReviewedSeries(AnimeSeries Series, IReadOnlyList<ReviewedEpisode> Episodes);

internal sealed record ReviewedEpisode(KnownEpisode Known, Decision Decision);
