using Microsoft.Data.Sqlite;

namespace AniWorld.Data.Sqlite;

/// <summary>
/// Gives a database the rows of another one with the same schema, in one transaction, while it is used: others read what was until
/// <see cref="Commit"/> and what is from then on. Whatever ends the process before that leaves the database as it was.
/// </summary>
/// <remarks>Rows are copied, and nothing else: what a stranger's file may have besides its tables does not get in.</remarks>
public sealed class SqliteReplacement : IDisposable
{
    /// <summary>SQLite's and EF Core's own tables are left out: both databases went through the same migrations.</summary>
    private const string TablesSql =
        """SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name NOT LIKE '\_\_EF%' ESCAPE '\'""";

    private readonly SqliteConnection _connection;

    private SqliteReplacement(SqliteConnection connection) => _connection = connection;

    /// <summary>From here on nobody else writes; writers wait.</summary>
    /// <param name="source">Made by <see cref="RestorableDatabase"/>.</param>
    /// <exception cref="SqliteException">Busy: another one writes for too long.</exception>
    public static SqliteReplacement Begin(string database, string source)
    {
        var connection = SqliteDatabase.Open(database);
        try
        {
            var replacement = new SqliteReplacement(connection);
            replacement.Run("PRAGMA foreign_keys=OFF; PRAGMA trusted_schema=OFF; PRAGMA synchronous=FULL");
            replacement.Run("ATTACH $source AS source", ("$source", source));
            replacement.Run("BEGIN IMMEDIATE");
            return replacement;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>What the last replacement left in a database; 0 before the first.</summary>
    public static int MarkOf(string database)
    {
        using var connection = SqliteDatabase.Open(database);
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <param name="kept">Tables whose rows stay.</param>
    /// <param name="mark">Not 0; tells later that it was this replacement that came to its end.</param>
    public void CopyRows(IReadOnlySet<string> kept, int mark)
    {
        foreach (var table in Names(TablesSql))
        {
            if (kept.Contains(table))
            {
                continue;
            }

            var columns = string.Join(", ", Names("SELECT name FROM pragma_table_info($table, 'main')", ("$table", table)).Select(Quoted));
            Run($"DELETE FROM main.{Quoted(table)}");
            Run($"INSERT INTO main.{Quoted(table)} ({columns}) SELECT {columns} FROM source.{Quoted(table)}");
        }

        Run($"PRAGMA main.user_version = {mark}");
    }

    public void Commit() => Run("COMMIT");

    /// <summary>Takes back what was not committed.</summary>
    public void Dispose() => _connection.Dispose();

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private void Run(string sql, params (string Name, object Value)[] parameters)
    {
        using var command = Command(sql, parameters);
        command.ExecuteNonQuery();
    }

    private List<string> Names(string sql, params (string Name, object Value)[] parameters)
    {
        using var command = Command(sql, parameters);
        using var rows = command.ExecuteReader();
        var names = new List<string>();
        while (rows.Read())
        {
            names.Add(rows.GetString(0));
        }

        return names;
    }

    private SqliteCommand Command(string sql, (string Name, object Value)[] parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
