using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AniWorld.Data;
using AniWorld.Data.History;
using AniWorld.Data.PostgreSql;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.History;

/// <summary>What happened, as it was written down.</summary>
public sealed partial class HistoryService(IDbContextFactory<AniWorldDbContext> databases)
{
    private const string Escape = "!";

    /// <summary>The newest first.</summary>
    public async Task<HistoryResult> ListAsync(HistoryQuery query, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var events = Matching(database, query);
        if (!string.IsNullOrWhiteSpace(query.Text))
        {
            events = await MentioningAsync(database, events, query.Text.Trim(), cancellationToken);
        }

        var found = await events.OrderByDescending(e => e.CreatedAt).ThenByDescending(e => e.Id)
            .Skip((Math.Max(1, query.Page) - 1) * query.PerPage).Take(query.PerPage).ToListAsync(cancellationToken);
        var names = await NamesAsync(database, [.. found.Select(e => e.SeriesKey).OfType<string>().Distinct()], cancellationToken);
        return new HistoryResult(
            [.. found.Select(e => e.SeriesKey is { } key && names.TryGetValue(key, out var series)
                ? new HistoryLine(e, series.Name, series.IsThere)
                : new HistoryLine(e, null, false))],
            await events.CountAsync(cancellationToken));
    }

    /// <summary>The kinds that there are, in the order of the alphabet.</summary>
    public async Task<IReadOnlyList<string>> KindsAsync(CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var kinds = await database.History.Select(e => e.Kind).Distinct().ToListAsync(cancellationToken);
        return [.. kinds.Order(StringComparer.Ordinal)];
    }

    private static IQueryable<HistoryEvent> Matching(AniWorldDbContext database, HistoryQuery query)
    {
        var events = database.History.AsNoTracking();
        if (query.Kind is { } kind)
        {
            var topic = kind + ".";
            events = events.Where(e => e.Kind == kind || e.Kind.StartsWith(topic));
        }

        if (query.Key is { } key)
        {
            events = events.Where(e => e.SeriesKey == key);
        }

        if (query.From is { } from)
        {
            events = events.Where(e => e.CreatedAt >= from);
        }

        if (query.To is { } to)
        {
            events = events.Where(e => e.CreatedAt < to);
        }

        return events;
    }

    /// <summary>Those whose series is named so, or that say so in a detail.</summary>
    private static async Task<IQueryable<HistoryEvent>> MentioningAsync(
        AniWorldDbContext database, IQueryable<HistoryEvent> events, string text, CancellationToken cancellationToken)
    {
        var series = await database.Series.IgnoreQueryFilters().Select(s => new { s.Key, s.Name }).ToListAsync(cancellationToken);
        var named = series.Where(s => IsIn(s.Name, text)).Select(s => s.Key).Distinct().ToList();

        // Details are kept as JSON text, where letters such as ü stand by their number. SQLite's LIKE does not tell A from a, as PostgreSQL's does.
        var detail = Pattern(JsonSerializer.Serialize(text)[1..^1]);
        return database is PostgreSqlContext
            ? events.Where(e => named.Contains(e.SeriesKey!) || EF.Functions.ILike((string)(object)e.Details, detail, Escape))
            : events.Where(e => named.Contains(e.SeriesKey!) || EF.Functions.Like((string)(object)e.Details, detail, Escape));
    }

    private static bool IsIn(string name, string text) =>
        CultureInfo.InvariantCulture.CompareInfo.IndexOf(name, text, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0;

    private static string Pattern(string text) => $"%{Wildcard().Replace(text, Escape + "$0")}%";

    [GeneratedRegex("[!%_]")]
    private static partial Regex Wildcard();

    /// <summary>Also of series that were removed; one that came back under its key is there.</summary>
    private static async Task<Dictionary<string, (string Name, bool IsThere)>> NamesAsync(
        AniWorldDbContext database, List<string> keys, CancellationToken cancellationToken)
    {
        var series = await database.Series.IgnoreQueryFilters().Where(s => keys.Contains(s.Key))
            .Select(s => new { s.Key, s.Name, s.DeletedAt }).ToListAsync(cancellationToken);
        return series.GroupBy(s => s.Key).ToDictionary(
            group => group.Key,
            group => (group.OrderBy(s => s.DeletedAt is null).ThenBy(s => s.DeletedAt).Last().Name, group.Any(s => s.DeletedAt is null)));
    }
}
