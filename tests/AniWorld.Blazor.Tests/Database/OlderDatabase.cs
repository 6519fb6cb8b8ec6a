using AniWorld.Data;
using AniWorld.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Blazor.Tests.Database;

/// <summary>A database as the first version made it, with one series.</summary>
internal static class OlderDatabase
{
    public const string Key = "from-long-ago";

    public static async Task MakeAsync(string path)
    {
        var options = new DbContextOptionsBuilder<AniWorldDbContext>();
        SqliteDatabase.Configure(options, path, TimeProvider.System, pooling: false);
        await using var database = new AniWorldDbContext(options.Options);
        await database.Database.MigrateAsync(database.Database.GetMigrations().First(), TestContext.Current.CancellationToken);
        // By hand: the model of today may have more columns.
        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Series" ("Key", "Name", "Site", "Folder", "Link", "Provider", "Monitored", "CreatedAt", "UpdatedAt")
            VALUES ({Key}, 'From long ago', 'example.org', 'From long ago', 'https://example.org/anime/stream/from-long-ago', 'aniworld', 1, 0, 0)
            """,
            TestContext.Current.CancellationToken);
        await database.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=DELETE", TestContext.Current.CancellationToken);
    }
}
