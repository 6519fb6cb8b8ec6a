using System.Diagnostics;
using System.Globalization;
using AniWorld.Data;
using AniWorld.Data.Library;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Faults;
using AniWorld.Services.Progress;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Library;

/// <summary>One comparison of disk and catalogue: first everything on disk, then each series' catalogue pages.</summary>
internal sealed class LibraryScan(
    SeriesApp app,
    LibraryAccess library,
    LibraryWalk walk,
    ScanStore store,
    SeriesRefresh refresh,
    SiteBudget budget,
    ProgressService progress,
    IDbContextFactory<AniWorldDbContext> databases,
    TimeProvider time)
{
    private static readonly TimeSpan LongRead = TimeSpan.FromMinutes(2);

    /// <summary>What a finished scan found.</summary>
    /// <param name="Changed">Keys of the series whose folders are no longer as they were.</param>
    /// <param name="Warnings">Folders and sites that could not be read.</param>
    public sealed record Outcome(int Series, int Files, IReadOnlyCollection<string> Changed, IReadOnlyList<Sentence> Warnings);

    /// <param name="keys">Only these series; <see langword="null"/> for all.</param>
    /// <param name="offline">Leaves the catalogue out.</param>
    /// <param name="onlyDue">Reads of the catalogue only the series whose next look is due.</param>
    /// <param name="progressed">Series done, of how many.</param>
    /// <exception cref="FaultException">The library is not there; nothing was concluded from that.</exception>
    public async Task<Outcome> RunAsync(
        Guid scanId, IReadOnlyList<string>? keys, bool offline, bool onlyDue, Func<int, int, Task> progressed, CancellationToken cancellationToken)
    {
        var root = await OpenAsync(cancellationToken);
        var walked = keys is null
            ? await walk.RunAsync(scanId, root, cancellationToken)
            : await walk.RunAsync(scanId, keys, root, cancellationToken);
        var warnings = walked.Warnings.ToList();
        var series = await SeriesAsync(keys, cancellationToken);
        if (!offline)
        {
            var asked = series.Where(one => one.Monitored && !(onlyDue && one.NextRefreshAt > time.GetUtcNow())).ToHashSet();
            await RefreshAllAsync(scanId, series, asked, keys is not null, root, warnings, progressed, cancellationToken);
        }

        await progressed(series.Count, series.Count);
        return new Outcome(series.Count, walked.Files, walked.Changed, warnings);
    }

    /// <param name="asked">Those of <paramref name="series"/> whose catalogue pages are read.</param>
    /// <param name="isAskedFor">By a person, for these series.</param>
    private async Task RefreshAllAsync(
        Guid scanId, List<AnimeSeries> series, HashSet<AnimeSeries> asked, bool isAskedFor, LibraryRoot root, List<Sentence> warnings,
        Func<int, int, Task> progressed, CancellationToken cancellationToken)
    {
        var seasons = await SeasonsAsync(cancellationToken);
        var until = Until(asked, seasons);
        var untilText = until is { } end
            ? $" (until about {TimeZoneInfo.ConvertTime(end, time.LocalTimeZone).ToString("d MMM HH:mm", CultureInfo.InvariantCulture)})"
            : null;
        var done = 0;
        await progressed(0, series.Count);
        foreach (var one in series)
        {
            progress.Publish(new ScanProgressed(scanId, done, series.Count, one.Key, one.Folder, $"Reading the catalogue{untilText}: {one.Name}") { Until = until });
            if (asked.Contains(one) && await RefreshAsync(one, RefreshPlan.PagesOf(seasons.GetValueOrDefault(one.Id)), isAskedFor, warnings, cancellationToken))
            {
                // Files of episodes that the catalogue did not have before now have a place.
                if (await app.WalkFolderAsync(root, one.Folder, cancellationToken) is { } now)
                {
                    await store.ApplyAsync(one.Id, now, root, cancellationToken);
                }

                progress.Publish(new SeriesChanged(one.Key, one.Folder));
            }

            await progressed(++done, series.Count);
        }
    }

    /// <returns>True when the catalogue has news.</returns>
    private async Task<bool> RefreshAsync(
        AnimeSeries series, int pages, bool isAskedFor, List<Sentence> warnings, CancellationToken cancellationToken)
    {
        switch (await refresh.RunAsync(series, pages, isAskedFor, cancellationToken))
        {
            case RefreshOutcome.Gone:
                warnings.Add(new Sentence("scan_gone", series.Site, series.Name));
                return false;
            case RefreshOutcome.Failed(var fault):
                warnings.Add(new Sentence("scan_failed", series.Name, fault));
                return false;
            case RefreshOutcome.Waits(var why):
                if (!warnings.Any(known => known.ToString() == why.ToString()))
                {
                    warnings.Add(why);
                }

                return false;
            case RefreshOutcome.Read(var hasNews):
                return hasNews;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>When the catalogue will be read, if that takes a while.</summary>
    private DateTimeOffset? Until(IReadOnlyCollection<AnimeSeries> asked, IReadOnlyDictionary<long, int> seasons)
    {
        var now = time.GetUtcNow();
        var done = asked.GroupBy(one => one.Provider).Select(site => budget.DoneAt(site.Key, site.Sum(one => RefreshPlan.PagesOf(seasons.GetValueOrDefault(one.Id))))).DefaultIfEmpty(now).Max();
        return done - now < LongRead ? null : done;
    }

    /// <summary>How many seasons each series has, by its id.</summary>
    private async Task<Dictionary<long, int>> SeasonsAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Series.Select(s => new { s.Id, Seasons = s.Episodes.Select(e => e.Season).Distinct().Count() })
            .ToDictionaryAsync(s => s.Id, s => s.Seasons, cancellationToken);
    }

    private async Task<LibraryRoot> OpenAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return library.Open(await database.EpisodeFiles.AnyAsync(cancellationToken));
    }

    private async Task<List<AnimeSeries>> SeriesAsync(IReadOnlyList<string>? keys, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Series.AsNoTracking()
            .Where(s => keys == null || keys.Contains(s.Key))
            .OrderBy(s => s.Name)
            .ToListAsync(cancellationToken);
    }
}
