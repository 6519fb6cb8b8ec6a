using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AniWorld.Data.PostgreSql;

/// <summary>Brings a database on PostgreSQL to this version's schema, at start and before anything else uses it.</summary>
/// <param name="backUp">Called before a migration changes existing data.</param>
public sealed class PostgreSqlMigrator(IDbContextFactory<AniWorldDbContext> databases, Func<CancellationToken, Task> backUp)
{
    /// <summary>Of the lock that only one node at a time migrates under; any number that nobody else takes.</summary>
    private const long Lock = 0x616E69776F726C64;

    private static readonly TimeSpan MigrationTimeout = TimeSpan.FromMinutes(30);

    /// <remarks>
    /// Several nodes may start at once: they look what is to be done, and do it, one after the other, under a lock that ends with its connection.
    /// EF Core's own ends with each migration.
    /// </remarks>
    /// <exception cref="UnusableDatabaseException">The server is not there or too old, or the database is from a newer AniWorld or half moved.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var connection = (NpgsqlConnection)database.Database.GetDbConnection();
        var name = $"{connection.Database} on {connection.Host}";
        try
        {
            await connection.OpenAsync(cancellationToken);
            if (connection.PostgreSqlVersion.Major < PostgreSqlDatabase.OldestSupported)
            {
                throw new UnusableDatabaseException(
                    $"PostgreSQL {connection.PostgreSqlVersion} is older than {PostgreSqlDatabase.OldestSupported}, which AniWorld needs.");
            }

            if (await MoveMark.FindAsync(connection, cancellationToken) is not null)
            {
                throw new UnusableDatabaseException(
                    $"The database {name} holds a part of what 'aniworld db move' copies there. Run that again; it goes on where it was.");
            }

            await RunAsync(connection, "SELECT pg_advisory_lock($1)", cancellationToken);
            await MigrateAsync(database, cancellationToken);
            await RunAsync(connection, "SELECT pg_advisory_unlock($1)", cancellationToken);
        }
        catch (NpgsqlException e)
        {
            throw new UnusableDatabaseException($"The database {name} cannot be used: {e.Message}", e);
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = (int)MigrationTimeout.TotalSeconds, Parameters = { new() { Value = Lock } } };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task MigrateAsync(AniWorldDbContext database, CancellationToken cancellationToken)
    {
        var applied = (await database.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        if (applied.Except(database.Database.GetMigrations()).LastOrDefault() is { } newer)
        {
            throw new UnusableDatabaseException(
                $"The database is from a newer AniWorld (it has {newer}). Install that version again; nothing was changed.");
        }

        if (!(await database.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            return;
        }

        if (applied.Count > 0)
        {
            await backUp(cancellationToken);
        }

        database.Database.SetCommandTimeout(MigrationTimeout);
        await database.Database.MigrateAsync(cancellationToken);
    }
}
