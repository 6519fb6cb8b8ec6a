using System.Globalization;
using AniWorld.Data;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Policy;

/// <summary>A line of the list: what its filters go by.</summary>
internal sealed record MissingLine(
    long Id, string Key, string Name, int Season, int Number, MissingKind Kind, Language? Wanted, DateTimeOffset? Since, Decision Decision);

/// <summary>All that is missing, upgradable or set aside, kept until somebody writes to the database, changes the settings, or a date comes.</summary>
internal sealed class MissingList(
    IDbContextFactory<AniWorldDbContext> databases, DataVersion version, IOptionsMonitor<AniWorldOptions> options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private volatile Kept? _kept;

    /// <returns>By series name, season and number.</returns>
    public async Task<IReadOnlyList<MissingLine>> GetAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is { } lines)
        {
            return lines;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            if (Fresh() is { } meanwhile)
            {
                return meanwhile;
            }

            // The version first: what is written during the reading is then seen at the next look, at the latest.
            var (stamp, settings) = (version.Read(), options.CurrentValue);
            lines = await ReadAsync(settings.Languages, cancellationToken);
            _kept = new Kept(stamp, settings, lines, lines.Min(line => line.Decision.Until));
            return lines;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Those that a query asks for, without regard to its page.</summary>
    public async Task<List<MissingLine>> GetAsync(MissingQuery query, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return
        [
            .. (await GetAsync(cancellationToken)).Where(line => line.Kind == query.Kind
                && (query.Key is null || line.Key == query.Key)
                && (query.Season is null || line.Season == query.Season)
                && (query.Language is null || line.Wanted == query.Language)
                && (query.Reason is null || line.Decision.Code == query.Reason)
                && (query.MinAgeDays is not { } least || line.Since <= now.AddDays(-least))
                && (query.MaxAgeDays is not { } most || line.Since >= now.AddDays(-most))
                && IsNamed(line.Name, query.Filter)),
        ];
    }

    public void Dispose() => _one.Dispose();

    private static bool IsNamed(string name, string? filter) => string.IsNullOrWhiteSpace(filter)
        || CultureInfo.InvariantCulture.CompareInfo.IndexOf(name, filter.Trim(), CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0;

    private async Task<IReadOnlyList<MissingLine>> ReadAsync(LanguageOptions languages, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var series = await database.Series.AsNoTracking().ToListAsync(cancellationToken);
        var lines = new List<MissingLine>();
        foreach (var alike in series.GroupBy(s => s.LanguageProfile))
        {
            var profile = LanguageChoice.ProfileOf(languages, alike.Key);
            var own = alike.ToDictionary(s => s.Id);
            var episodes = await KnownEpisodes.ReadAsync(database, Candidates(database, alike.Key, profile), own, cancellationToken);
            lines.AddRange(episodes.Select(e => Line(e, own[e.SeriesId], profile)).OfType<MissingLine>());
        }

        return
        [
            .. lines.OrderBy(line => line.Name, StringComparer.InvariantCultureIgnoreCase)
                .ThenBy(line => line.Key, StringComparer.Ordinal)
                .ThenBy(line => line.Season)
                .ThenBy(line => line.Number),
        ];
    }

    /// <summary>What can be in the list at all: nothing that is on disk as it should be, which is nearly everything.</summary>
    private static IQueryable<Episode> Candidates(AniWorldDbContext database, string? profileName, LanguageProfile profile)
    {
        var enough = LanguageChoice.GoodEnough(profile);
        return database.Episodes.Where(e => e.Series.LanguageProfile == profileName
            && !e.Files.Any(f => enough.Contains(f.Language))
            && (e.Availability.Any(a => a.WithdrawnAt == null) || e.Ignored || e.RemovedByUserAt != null));
    }

    private MissingLine? Line(KnownEpisode episode, AnimeSeries series, LanguageProfile profile)
    {
        var wanted = EpisodePolicy.Wanted(episode.Facts, episode.Offers, episode.Files, profile);
        MissingKind? kind = (episode.Files.Count > 0, episode.Facts) switch
        {
            (false, { Ignored: true } or { RemovedAt: not null }) => MissingKind.SetAside,
            (_, { Ignored: true } or { Monitored: false }) => null,
            (var onDisk, _) when wanted is not null => onDisk ? MissingKind.Upgradable : MissingKind.Missing,
            _ => null,
        };
        return kind is null ? null : new MissingLine(
            episode.Id,
            series.Key,
            series.Name,
            episode.Season,
            episode.Number,
            kind.Value,
            wanted?.Language,
            kind is MissingKind.SetAside
                ? episode.Facts.RemovedAt ?? episode.DecidedAt
                : EpisodePolicy.AvailableSince(episode.Offers, episode.Files, profile),
            EpisodePolicy.Decide(episode.Facts, episode.Offers, episode.Files, profile, episode.History, time.GetUtcNow()));
    }

    private IReadOnlyList<MissingLine>? Fresh() =>
        _kept is { } kept && kept.Stamp == version.Read() && ReferenceEquals(kept.Settings, options.CurrentValue) && !(kept.Until <= time.GetUtcNow())
            ? kept.Lines
            : null;

    /// <param name="Until">When the first of the decisions ends by itself.</param>
    private sealed record Kept(DataStamp Stamp, AniWorldOptions Settings, IReadOnlyList<MissingLine> Lines, DateTimeOffset? Until);
}
