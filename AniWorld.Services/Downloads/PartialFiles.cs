using AniWorld.Data;
using AniWorld.Data.Downloads;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Faults;
using AniWorld.Services.Library;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Downloads;

/// <summary>Clears away what an unfinished download left in the library.</summary>
internal sealed class PartialFiles(
    LibraryAccess library, IMediaDownloader downloader, IDbContextFactory<AniWorldDbContext> databases, ILogger<PartialFiles> logger)
{
    /// <summary>
    /// Call it only once this download writes to them no more. Where another one does, as of the same episode that was asked for again, they are that one's.
    /// What cannot be removed is logged and stays.
    /// </summary>
    public async Task DiscardAsync(DownloadQueueItem item)
    {
        await using var database = await databases.CreateDbContextAsync();
        var path = await database.Downloads.IgnoreQueryFilters()
            .Where(i => i.Id == item.Id)
            .Select(i => i.FilePath)
            .SingleOrDefaultAsync();
        if (path is null || await database.Downloads.AnyAsync(i => i.FilePath == path && i.Id != item.Id && i.LeaseOwner != null))
        {
            return;
        }

        try
        {
            downloader.Discard(library.Open(databaseKnowsFiles: true).Resolve(path));
        }
        catch (Exception e) when (e is FaultException or IOException or UnauthorizedAccessException)
        {
            logger.LogWarning(e, "The partial files of {Path} could not be removed", path);
        }
    }
}
