using Npgsql;

namespace AniWorld.Data.PostgreSql;

/// <summary>How far a move into a database is, kept in the database itself: a table that is there as long as the move is not finished.</summary>
internal static class MoveMark
{
    private const string Table = "\"__AniWorldMove\"";

    /// <returns>The tables that are whole and verified; <see langword="null"/> when no move is under way.</returns>
    public static async Task<IReadOnlyList<TableContent>?> FindAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var look = new NpgsqlCommand($"SELECT to_regclass('{Table}') IS NOT NULL", connection);
        if (await look.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return null;
        }

        await using var command = new NpgsqlCommand($"SELECT \"Name\", \"Rows\", \"Hash\" FROM {Table}", connection);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var done = new List<TableContent>();
        while (await rows.ReadAsync(cancellationToken))
        {
            done.Add(new TableContent(rows.GetString(0), rows.GetInt64(1), rows.GetString(2)));
        }

        return done;
    }

    public static Task BeginAsync(NpgsqlConnection connection, CancellationToken cancellationToken) => RunAsync(
        connection, $"CREATE TABLE {Table} (\"Name\" text PRIMARY KEY, \"Rows\" bigint NOT NULL, \"Hash\" text NOT NULL)", cancellationToken);

    public static async Task AddAsync(NpgsqlConnection connection, TableContent whole, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"INSERT INTO {Table} VALUES ($1, $2, $3)", connection)
        {
            Parameters = { new() { Value = whole.Table }, new() { Value = whole.Rows }, new() { Value = whole.Hash } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>What was copied came from another state of the source: none of it counts.</summary>
    public static Task ForgetAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        RunAsync(connection, $"DELETE FROM {Table}", cancellationToken);

    public static Task EndAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        RunAsync(connection, $"DROP TABLE {Table}", cancellationToken);

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
