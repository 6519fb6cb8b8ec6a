using AniWorld.Data;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.NodeBench;

/// <summary>100,000 downloads that wait.</summary>
internal static class WaitingQueue
{
    private const int Waiting = 100_000;
    private const int AtOnce = 1_000;

    public static async Task FillAsync(IDbContextFactory<AniWorldDbContext> databases)
    {
        await using (var database = await databases.CreateDbContextAsync())
        {
            await database.Database.MigrateAsync();
        }

        for (var first = 0; first < Waiting; first += AtOnce)
        {
            await using var database = await databases.CreateDbContextAsync();
            database.AddRange(Enumerable.Range(first, AtOnce).Select(Make));
            await database.SaveChangesAsync();
        }
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

    private static DownloadQueueItem Make(int index) => new()
    {
        Id = Guid.NewGuid(),
        SeriesKey = $"series-{index / 24}",
        SeriesName = $"Die lange Reise Nr. {index / 24}",
        SeriesFolder = $"Die lange Reise Nr. {index / 24} (2020)",
        Season = 1,
        Number = (index % 24) + 1,
        Title = "Eine Folge",
        Language = Language.DeDub,
        Status = DownloadStatus.Pending,
        Position = index,
    };
}
