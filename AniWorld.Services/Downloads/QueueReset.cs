using AniWorld.Data;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Downloads;

/// <summary>For when the database got other content: what runs belongs to rows that are no longer there.</summary>
internal sealed class QueueReset(ActiveDownloads active, QueueNotice notice, IDbContextFactory<AniWorldDbContext> databases)
{
    /// <summary>Lets go of all that runs, without a word to the database, and goes by what the queue is now.</summary>
    public async Task ResetAsync()
    {
        active.StopAll(StopReason.LeaseLost);
        await using var database = await databases.CreateDbContextAsync();
        active.IsPaused = (await database.QueueSwitchAsync(CancellationToken.None)).IsPaused;
        await notice.PublishAsync(CancellationToken.None);
        active.Wake();
    }
}
