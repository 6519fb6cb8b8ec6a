using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Data.Sqlite;

/// <summary>Brings the database file to this version's schema, at start and before anything else uses it.</summary>
/// <param name="backUp">Called before a migration changes existing data.</param>
public sealed class SqliteMigrator(IDbContextFactory<AniWorldDbContext> databases, Func<CancellationToken, Task> backUp)
{
    private static readonly TimeSpan MigrationTimeout = TimeSpan.FromMinutes(30);

    /// <remarks>The caller holds the data folder's lock, so no other process migrates at the same time.</remarks>
    /// <exception cref="UnusableDatabaseException">SQLite is too old, or the file is no database or from a newer AniWorld.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken = default)
    {
        if (!SqliteDatabase.IsSupported(SqliteDatabase.NativeVersion))
        {
            throw new UnusableDatabaseException(
                $"SQLite {SqliteDatabase.NativeVersion} is older than {SqliteDatabase.OldestSupported}, which AniWorld needs to keep its data safe.");
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var path = database.Database.GetDbConnection().DataSource;
        try
        {
            if (await SqliteFileCheck.FindDamageAsync(path, cancellationToken) is { } damage)
            {
                throw new DamagedDatabaseException(
                    $"{path} is damaged or not a database ({damage}). It was left as it is: move it away, or put a backup in its place.");
            }

            await MigrateAsync(database, cancellationToken);
        }
        catch (SqliteException e)
        {
            throw new UnusableDatabaseException($"{path} cannot be used: {e.Message} Look at its disk and who may write there.", e);
        }
    }

    private async Task MigrateAsync(AniWorldDbContext database, CancellationToken cancellationToken)
    {
        var applied = (await database.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        var unknown = applied.Except(database.Database.GetMigrations()).ToList();
        if (unknown.Count > 0)
        {
            throw new UnusableDatabaseException(
                $"The database is from a newer AniWorld (it has {unknown[^1]}). Install that version again; the file was not changed.");
        }

        var pending = (await database.Database.GetPendingMigrationsAsync(cancellationToken)).Any();
        if (pending && applied.Count > 0)
        {
            await backUp(cancellationToken);
        }

        if (pending)
        {
            // A process killed while migrating leaves its lock behind, and Migrate() would wait for it for ever.
            await database.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
            database.Database.SetCommandTimeout(MigrationTimeout);
            await database.Database.MigrateAsync(cancellationToken);
        }

        // The journal mode is kept in the file.
        await database.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);
    }
}
