using AniWorld.Data;
using AniWorld.Data.Library;
using AniWorld.Services.Faults;
using AniWorld.Services.Progress;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Library;

/// <summary>One comparison of disk and catalogue: first everything on disk, then each series' catalogue pages.</summary>
internal sealed class LibraryScan(
    SeriesApp app,
    LibraryAccess library,
    LibraryWalk walk,
    ScanStore store,
    CatalogueStore catalogue,
    ProgressService progress,
    IDbContextFactory<AniWorldDbContext> databases,
    ILogger<LibraryScan> logger)
{
    /// <summary>What a finished scan found.</summary>
    /// <param name="Warnings">A sentence each: folders and sites that could not be read.</param>
    public sealed record Outcome(int Series, int Files, IReadOnlyList<string> Warnings);

    /// <param name="key">Only this series; <see langword="null"/> for all.</param>
    /// <param name="offline">Leaves the catalogue out.</param>
    /// <param name="progressed">Series done, of how many.</param>
    /// <exception cref="FaultException">The library is not there; nothing was concluded from that.</exception>
    public async Task<Outcome> RunAsync(
        Guid scanId, string? key, bool offline, Func<int, int, Task> progressed, CancellationToken cancellationToken)
    {
        var root = await OpenAsync(cancellationToken);
        var walked = key is null
            ? await walk.RunAsync(scanId, root, cancellationToken)
            : await walk.RunAsync(key, root, cancellationToken);
        var warnings = walked.Warnings.ToList();
        var series = await SeriesAsync(key, cancellationToken);
        if (!offline)
        {
            await RefreshAllAsync(scanId, series, root, warnings, progressed, cancellationToken);
        }

        await progressed(series.Count, series.Count);
        return new Outcome(series.Count, walked.Files, warnings);
    }

    private async Task RefreshAllAsync(
        Guid scanId, List<AnimeSeries> series, LibraryRoot root, List<string> warnings, Func<int, int, Task> progressed,
        CancellationToken cancellationToken)
    {
        var done = 0;
        await progressed(0, series.Count);
        foreach (var one in series)
        {
            progress.Publish(new ScanProgressed(scanId, done, series.Count, one.Key, one.Folder, $"Reading the catalogue: {one.Name}"));
            if (one.Monitored && await RefreshAsync(one, warnings, cancellationToken))
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

    /// <returns>True when the catalogue was read.</returns>
    private async Task<bool> RefreshAsync(AnimeSeries series, List<string> warnings, CancellationToken cancellationToken)
    {
        try
        {
            if (await app.GetSeriesAsync(series.Provider, series.Key, cancellationToken) is { } found)
            {
                return await catalogue.RefreshAsync(series.Id, found, cancellationToken);
            }

            warnings.Add($"{series.Site} no longer has '{series.Name}'; what is known of it stays.");
        }
        catch (FaultException fault)
        {
            logger.LogWarning("The catalogue could not be read for {Key}: {Code}: {Message}", series.Key, fault.Code, fault.Message);
            warnings.Add($"{series.Name}: {fault.Message}");
        }

        return false;
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
