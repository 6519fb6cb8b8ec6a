using Microsoft.Data.Sqlite;

namespace AniWorld.E2E.Processes;

/// <summary>A server's database, looked at and changed while no server uses it.</summary>
internal static class DatabaseFile
{
    public static string PathIn(string dataFolder) => Path.Join(dataFolder, "aniworld.db");

    /// <returns>The first column of each row; for a change there are none.</returns>
    public static IReadOnlyList<object> Ask(string dataFolder, string sql, params (string Name, object Value)[] parameters)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = PathIn(dataFolder), Pooling = false, Mode = SqliteOpenMode.ReadWrite }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        using var rows = command.ExecuteReader();
        var found = new List<object>();
        while (rows.Read())
        {
            found.Add(rows.GetValue(0));
        }

        return found;
    }
}
