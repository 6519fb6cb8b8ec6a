using Microsoft.Data.Sqlite;

namespace AniWorld.Data.Sqlite;

/// <summary>Looks whether a database file is sound, and changes no byte of it.</summary>
public static class SqliteFileCheck
{
    // https://www.sqlite.org/rescode.html
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    private const string Sound = "ok";

    /// <param name="thorough">Also compares each index with its table, which takes longer.</param>
    /// <remarks>Reads the whole file, which takes about a second per gigabyte.</remarks>
    /// <returns>What is wrong; <see langword="null"/> when nothing is, or there is no file yet.</returns>
    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public static async Task<string?> FindDamageAsync(string path, CancellationToken cancellationToken, bool thorough = false)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        // Opened for reading, so that closing it does not write the journal's content into a file that may be beyond repair.
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        try
        {
            await using var connection = new SqliteConnection(settings.ToString());
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = thorough ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)";
            command.CommandTimeout = 0;
            return await command.ExecuteScalarAsync(cancellationToken) is Sound ? null : "its pages do not fit together";
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Corrupt or NotADatabase)
        {
            return e.SqliteErrorCode is Corrupt ? "its pages do not fit together" : "its first bytes are not SQLite's";
        }
    }
}
