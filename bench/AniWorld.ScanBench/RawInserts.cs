using Microsoft.Data.Sqlite;

namespace AniWorld.ScanBench;

/// <summary>As many rows as a first scan makes, by one prepared statement in one transaction, into a table with the index that ours has.</summary>
internal static class RawInserts
{
    private const int Rows = 127_500;

    public static int Run(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file}");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
        Execute(connection, "CREATE TABLE f (Id INTEGER PRIMARY KEY AUTOINCREMENT, Episode INTEGER, Path TEXT, Size INTEGER, At INTEGER, Language TEXT)");
        Execute(connection, "CREATE UNIQUE INDEX i ON f (Episode, Path)");
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO f (Episode, Path, Size, At, Language) VALUES ($e, $p, $s, $a, $l)";
        var (episode, path, size) = (insert.Parameters.Add("$e", SqliteType.Integer), insert.Parameters.Add("$p", SqliteType.Text), insert.Parameters.Add("$s", SqliteType.Integer));
        insert.Parameters.AddWithValue("$a", 1_700_000_000_000);
        insert.Parameters.AddWithValue("$l", "de-dub");
        for (var row = 0; row < Rows; row++)
        {
            (episode.Value, path.Value, size.Value) = (row, $"Die lange Reise Nr. {row / 24} (2020)/Die lange Reise Nr. {row / 24} - S01E{row % 24:00}.mp4", row);
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
        return Rows;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
