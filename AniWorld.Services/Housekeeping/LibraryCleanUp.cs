using AniWorld.Data;
using AniWorld.Data.Downloads;
using AniWorld.Services.Downloads;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Library;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Housekeeping;

/// <summary>The part of the clean-up that is done in the library, where everything but our own leavings is the user's.</summary>
internal sealed class LibraryCleanUp(
    LibraryAccess library, PartialFiles partials, IDbContextFactory<AniWorldDbContext> databases, TimeProvider time)
{
    /// <summary>Partial files of a removed download that could not be removed with it are tried again from then on.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromDays(1);

    /// <exception cref="Faults.FaultException">The library is not there.</exception>
    public async Task<int> EmptyTrashAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var root = await OpenAsync(cancellationToken);
        return await Task.Run(() => root.EmptyTrash(before), cancellationToken);
    }

    /// <exception cref="Faults.FaultException">The library is not there.</exception>
    public async Task<int> EmptyQuarantineAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var root = await OpenAsync(cancellationToken);
        return await Task.Run(() => root.EmptyQuarantine(before), cancellationToken);
    }

    /// <summary>Of downloads that were removed while their files could not be. An episode that is in the queue again keeps them: it goes on from there.</summary>
    public async Task<int> DiscardPartialsAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - Settled;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var removed = await database.Downloads.IgnoreQueryFilters()
            .Where(i => i.DeletedAt < before && i.FilePath != null && i.Status != DownloadStatus.Completed)
            .Where(i => !database.Downloads.Any(other =>
                other.DeletedAt == null && other.SeriesKey == i.SeriesKey && other.Season == i.Season && other.Number == i.Number))
            .ToListAsync(cancellationToken);
        if (removed.Count == 0)
        {
            return 0;
        }

        var root = await OpenAsync(cancellationToken);
        var found = removed.Where(item => Path.Exists(new TargetPaths(root.Resolve(item.FilePath!)).Video.Part)).ToList();
        foreach (var item in removed)
        {
            await partials.DiscardAsync(item);
            item.FilePath = null;
        }

        await database.SaveChangesAsync(cancellationToken);
        return found.Count;
    }

    private async Task<LibraryRoot> OpenAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return library.Open(await database.EpisodeFiles.AnyAsync(cancellationToken));
    }
}
