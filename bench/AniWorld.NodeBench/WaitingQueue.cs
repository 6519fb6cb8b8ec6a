using AniWorld.Data;
using AniWorld.Data.Downloads;
using AniWorld.RestBench;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.NodeBench;

/// <summary>100,000 downloads that wait.</summary>
internal static class WaitingQueue
{
    private const int Waiting = 100_000;

    public static async Task FillAsync(IDbContextFactory<AniWorldDbContext> databases)
    {
        await using (var database = await databases.CreateDbContextAsync())
        {
            await database.Database.MigrateAsync();
        }

        await LargeLibrary.QueueAsync(databases, Waiting);
    }

    /// <summary>All of them wait again, and the server knows what the tables look like.</summary>
    public static async Task ResetAsync(IDbContextFactory<AniWorldDbContext> databases, DatabasePlace place)
    {
        await using var database = await databases.CreateDbContextAsync();
        await database.Downloads.Where(item => item.Status != DownloadStatus.Pending)
            .ExecuteUpdateAsync(set => set.SetProperty(item => item.Status, DownloadStatus.Pending).SetProperty(item => item.LeaseOwner, (string?)null));
        if (place is DatabasePlace.Server)
        {
            await database.Database.ExecuteSqlRawAsync("VACUUM ANALYZE \"Downloads\"");
        }
    }
}
