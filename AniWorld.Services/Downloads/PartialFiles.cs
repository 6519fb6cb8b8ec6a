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
    /// <summary>Call it only once nothing writes to them any more. What cannot be removed is logged and stays.</summary>
    public async Task DiscardAsync(DownloadQueueItem item)
    {
        await using var database = await databases.CreateDbContextAsync();
        var path = await database.Downloads.IgnoreQueryFilters()
            .Where(i => i.Id == item.Id)
            .Select(i => i.FilePath)
            .SingleOrDefaultAsync();
        if (path is null)
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
