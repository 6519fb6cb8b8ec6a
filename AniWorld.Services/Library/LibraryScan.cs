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
    ScanStore store,
    SeriesRefresh refresh,
    SiteBudget budget,
    ProgressService progress,
    IDbContextFactory<AniWorldDbContext> databases,
    TimeProvider time)
{
    private static readonly TimeSpan LongRead = TimeSpan.FromMinutes(2);

    /// <summary>What a finished scan found.</summary>
    /// <param name="Warnings">A sentence each: folders and sites that could not be read.</param>
    public sealed record Outcome(int Series, int Files, IReadOnlyList<string> Warnings);

    /// <param name="key">Only this series; <see langword="null"/> for all.</param>
    /// <param name="offline">Leaves the catalogue out.</param>
    /// <param name="onlyDue">Reads of the catalogue only the series whose next look is due.</param>
    /// <param name="progressed">Series done, of how many.</param>
    /// <exception cref="FaultException">The library is not there; nothing was concluded from that.</exception>
    public async Task<Outcome> RunAsync(
        Guid scanId, string? key, bool offline, bool onlyDue, Func<int, int, Task> progressed, CancellationToken cancellationToken)
    {
        var warnings = new List<string>();
        var series = await SeriesAsync(key, cancellationToken);
        var root = await OpenAsync(cancellationToken);
        var folders = key is null
            ? await AllFoldersAsync(scanId, series, root, warnings, cancellationToken)
            : await OneFolderAsync(series, root, warnings, cancellationToken);

        foreach (var one in series)
        {
            await store.ApplyAsync(one.Id, folders.GetValueOrDefault(one.Id), root, cancellationToken);
        }

        var pages = await PagesAsync(cancellationToken);
        var asked = series.Where(one => !offline && one.Monitored && !(onlyDue && one.NextRefreshAt > time.GetUtcNow())).ToHashSet();
        var until = Until(asked, pages);
        var done = 0;
        await progressed(0, series.Count);
        foreach (var one in series)
        {
            progress.Publish(new ScanProgressed(scanId, done, series.Count, one.Key, one.Folder, $"Reading the catalogue{until}: {one.Name}"));
            if (asked.Contains(one) && await RefreshAsync(one, pages.GetValueOrDefault(one.Id, 2), key is not null, warnings, cancellationToken)
                && folders.TryGetValue(one.Id, out var folder))
            {
                // Files of episodes that the catalogue did not have before now have a place.
                var now = await app.WalkFolderAsync(root, folder.Path, cancellationToken);
                await store.ApplyAsync(one.Id, now, root, cancellationToken);
            }

            await progressed(++done, series.Count);
            progress.Publish(new SeriesChanged(one.Key, one.Folder));
        }

        return new Outcome(series.Count, folders.Values.Sum(f => f.Files.Count), warnings);
    }

    private async Task<Dictionary<long, ScannedFolder>> AllFoldersAsync(
        Guid scanId, List<AnimeSeries> series, LibraryRoot root, List<string> warnings, CancellationToken cancellationToken)
    {
        var all = new List<ScannedFolder>();
        await foreach (var folder in app.WalkAsync(root, scanId, cancellationToken))
        {
            all.Add(folder);
            warnings.AddRange(folder.Warnings);
        }

        var owned = await OwnersAsync(series, all, cancellationToken);
        await store.KeepFoldersAsync(
            [.. all.Where(f => f.Files.Count > 0)],
            owned.ToDictionary(o => o.Value.Path, o => o.Key),
            cancellationToken);
        return owned;
    }

    private async Task<Dictionary<long, ScannedFolder>> OneFolderAsync(
        List<AnimeSeries> series, LibraryRoot root, List<string> warnings, CancellationToken cancellationToken)
    {
        var owned = new Dictionary<long, ScannedFolder>();
        foreach (var one in series)
        {
            if (await app.WalkFolderAsync(root, one.Folder, cancellationToken) is { } folder)
            {
                owned[one.Id] = folder;
                warnings.AddRange(folder.Warnings);
            }
        }

        return owned;
    }

    /// <summary>Which folder is whose: by name, and where a series' folder is gone, by the sidecar in another one.</summary>
    private async Task<Dictionary<long, ScannedFolder>> OwnersAsync(
        List<AnimeSeries> series, List<ScannedFolder> folders, CancellationToken cancellationToken)
    {
        var byName = folders.ToDictionary(f => f.Path, FolderNameComparer.Instance);
        var owned = series.Where(s => byName.ContainsKey(s.Folder)).ToDictionary(s => s.Id, s => byName[s.Folder]);
        foreach (var lost in series.Where(s => !owned.ContainsKey(s.Id)))
        {
            var moved = folders.Find(f => f.Sidecar?.Key == lost.Key && !owned.ContainsValue(f));
            if (moved is not null)
            {
                await store.MoveAsync(lost.Id, moved.Path, cancellationToken);
                lost.Folder = moved.Path;
                owned[lost.Id] = moved;
            }
        }

        return owned;
    }

    /// <returns>True when the catalogue has news.</returns>
    private async Task<bool> RefreshAsync(
        AnimeSeries series, int pages, bool isAskedFor, List<string> warnings, CancellationToken cancellationToken)
    {
        switch (await refresh.RunAsync(series, pages, isAskedFor, cancellationToken))
        {
            case RefreshOutcome.Gone:
                warnings.Add($"{series.Site} no longer has '{series.Name}'; what is known of it stays.");
                return false;
            case RefreshOutcome.Failed(var fault):
                warnings.Add($"{series.Name}: {fault.Message}");
                return false;
            case RefreshOutcome.Waits(var why):
                if (!warnings.Contains(why))
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
    private string Until(IReadOnlyCollection<AnimeSeries> asked, IReadOnlyDictionary<long, int> pages)
    {
        var now = time.GetUtcNow();
        var done = asked.GroupBy(one => one.Provider).Select(site => budget.DoneAt(site.Key, site.Sum(one => pages.GetValueOrDefault(one.Id, 2)))).DefaultIfEmpty(now).Max();
        return done - now < LongRead ? ""
            : $" (until about {TimeZoneInfo.ConvertTime(done, time.LocalTimeZone).ToString("d MMM HH:mm", CultureInfo.InvariantCulture)})";
    }

    /// <summary>How many pages each series has, by its id.</summary>
    private async Task<Dictionary<long, int>> PagesAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Series.Select(s => new { s.Id, Seasons = s.Episodes.Select(e => e.Season).Distinct().Count() })
            .ToDictionaryAsync(s => s.Id, s => 1 + Math.Max(1, s.Seasons), cancellationToken);
    }

    private async Task<LibraryRoot> OpenAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return library.Open(await database.EpisodeFiles.AnyAsync(cancellationToken));
    }

    private async Task<List<AnimeSeries>> SeriesAsync(string? key, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Series.AsNoTracking()
            .Where(s => key == null || s.Key == key)
            .OrderBy(s => s.Name)
            .ToListAsync(cancellationToken);
    }
}
