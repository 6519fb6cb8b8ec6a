using Microsoft.Data.Sqlite;

namespace AniWorld.Data.Sqlite;

/// <summary>A copy of a database as it is at one moment, taken while others read and write it.</summary>
public static class SqliteSnapshot
{
    private const string LastMigrationSql = "SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\" ORDER BY \"MigrationId\" DESC LIMIT 1";

    /// <remarks>Works at the speed of the disk and cannot be cancelled.</remarks>
    /// <param name="target">An empty file, which keeps its rights, or none.</param>
    /// <exception cref="SqliteException">The database cannot be read, or the copy cannot be written.</exception>
    public static void Make(string database, string target)
    {
        using var connection = SqliteDatabase.Open(database);
        using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $target";
        command.CommandTimeout = 0;
        command.Parameters.AddWithValue("$target", target);
        command.ExecuteNonQuery();
    }

    /// <summary>The newest migration that a database has: how new its schema is.</summary>
    public static string? LastMigration(string database)
    {
        using var connection = SqliteDatabase.Open(database);
        using var command = connection.CreateCommand();
        command.CommandText = LastMigrationSql;
        return command.ExecuteScalar() as string;
    }
}
