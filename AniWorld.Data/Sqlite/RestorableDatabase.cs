using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace AniWorld.Data.Sqlite;

/// <summary>Makes of a database file that came from somewhere one that can take the present one's place, or says why not.</summary>
public static class RestorableDatabase
{
    /// <summary>Views and triggers are programs, and AniWorld's schema has none.</summary>
    private const string ForeignPartsSql =
        "SELECT count(*) FROM sqlite_master WHERE type NOT IN ('table', 'index') OR sql LIKE 'CREATE VIRTUAL%'";

    /// <summary>Checks every page and every row's references, migrates an older schema, and ends what was under way in it.</summary>
    /// <param name="path">A copy that may be changed; afterwards it is one file without a journal.</param>
    /// <exception cref="UnusableDatabaseException">Why it cannot be used; the file is then of no more use.</exception>
    public static async Task PrepareAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            Check(path);
            var databases = new Factory(path, time);
            await using var database = databases.CreateDbContext();
            await CheckAgeAsync(database, cancellationToken);
            await new SqliteMigrator(databases, _ => Task.CompletedTask).MigrateAsync(cancellationToken);
            CheckColumns(database);
            await InterruptedWork.EndAsync(database, cancellationToken);
            await database.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=DELETE", cancellationToken);
        }
        catch (SqliteException e)
        {
            throw new UnusableDatabaseException($"The database in it cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Ends all sessions in it: where no present ones are kept, none that was ended since may come back to life.</summary>
    public static async Task EndSessionsAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var database = new Factory(path, time).CreateDbContext();
        await database.Sessions.ExecuteDeleteAsync(cancellationToken);
    }

    private static void Check(string path)
    {
        using var connection = SqliteDatabase.Open(path);
        Run("PRAGMA trusted_schema=OFF");
        if (Run(ForeignPartsSql) is not 0L)
        {
            throw new UnusableDatabaseException("The database in it is not AniWorld's: it has views or triggers.");
        }

        if (Run("PRAGMA integrity_check(1)") is not "ok" || Run("PRAGMA foreign_key_check") is not null)
        {
            throw new UnusableDatabaseException("The database in it is damaged.");
        }

        object? Run(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.CommandTimeout = 0;
            return command.ExecuteScalar();
        }
    }

    private static async Task CheckAgeAsync(AniWorldDbContext database, CancellationToken cancellationToken)
    {
        var applied = (await database.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        if (applied.Count == 0)
        {
            throw new UnusableDatabaseException("The database in it is not AniWorld's.");
        }

        if (applied.Except(database.Database.GetMigrations()).LastOrDefault() is { } newer)
        {
            throw new UnusableDatabaseException($"It is from a newer AniWorld (it has {newer}); install that version first.");
        }
    }

    /// <summary>A file that only says that it was migrated has other columns.</summary>
    private static void CheckColumns(AniWorldDbContext database)
    {
        foreach (var table in database.Model.GetRelationalModel().Tables)
        {
            var there = database.Database.SqlQuery<string>($"SELECT name AS Value FROM pragma_table_info({table.Name})").ToList();
            if (table.Columns.FirstOrDefault(column => !there.Contains(column.Name)) is IColumn absent)
            {
                throw new UnusableDatabaseException($"The database in it is not AniWorld's: its table {table.Name} has no column {absent.Name}.");
            }
        }
    }

    private sealed class Factory(string path, TimeProvider time) : IDbContextFactory<AniWorldDbContext>
    {
        public AniWorldDbContext CreateDbContext()
        {
            var options = new DbContextOptionsBuilder<AniWorldDbContext>();
            SqliteDatabase.Configure(options, path, time, pooling: false);
            return new AniWorldDbContext(options.Options);
        }
    }
}
