using System.Globalization;
using Npgsql;

namespace AniWorld.Data.PostgreSql;

/// <summary>Gives the present tables the rows of a <see cref="RestoreStaging"/>. Others read what was until the end, and what is from then on.</summary>
public sealed class PostgreSqlReplacement : IDatabaseReplacement
{
    /// <summary>A remark on this table says which replacement was the last; the server keeps it with the transaction.</summary>
    private const string Marked = "\"__EFMigrationsHistory\"";

    private readonly RestoreStaging _staging;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly IReadOnlyList<MovedTable> _tables;

    private PostgreSqlReplacement(RestoreStaging staging, NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<MovedTable> tables) =>
        (_staging, _connection, _transaction, _tables) = (staging, connection, transaction, tables);

    /// <param name="staging">Goes with this.</param>
    /// <exception cref="PostgresException">Busy: another one writes for too long.</exception>
    public static async Task<PostgreSqlReplacement> BeginAsync(RestoreStaging staging, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var context = new PostgreSqlContext(PostgreSqlDatabase.Options(staging.Present, time));
        var connection = await staging.Present.OpenConnectionAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var replacement = new PostgreSqlReplacement(staging, connection, transaction, MovedTable.All(context));
            await replacement.RunAsync("SET LOCAL lock_timeout = '30s'", cancellationToken);
            var all = string.Join(", ", replacement._tables.Select(table => $"\"{table.Name}\""));
            await replacement.RunAsync($"LOCK TABLE {all} IN EXCLUSIVE MODE", cancellationToken);
            return replacement;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the last replacement left in a database; 0 before the first.</summary>
    public static async Task<int> MarkAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"SELECT obj_description(to_regclass('{Marked}'), 'pg_class')");
        return await command.ExecuteScalarAsync(cancellationToken) is string mark && int.TryParse(mark, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
    }

    public async Task CopyRowsAsync(IReadOnlySet<string> kept, int mark, CancellationToken cancellationToken)
    {
        var replaced = _tables.Where(table => !kept.Contains(table.Name)).ToList();
        foreach (var table in replaced.AsEnumerable().Reverse())
        {
            await RunAsync($"DELETE FROM \"{table.Name}\"", cancellationToken);
        }

        foreach (var table in replaced)
        {
            await RunAsync(
                $"INSERT INTO \"{table.Name}\" ({table.Columns}) SELECT {table.Columns} FROM {_staging.Schema}.\"{table.Name}\"", cancellationToken);
            if (table.NumberingSql is { } numbering)
            {
                await RunAsync(numbering, cancellationToken);
            }
        }

        await RunAsync(string.Create(CultureInfo.InvariantCulture, $"COMMENT ON TABLE {Marked} IS '{mark}'"), cancellationToken);
    }

    public Task CommitAsync(CancellationToken cancellationToken) => _transaction.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
        await _staging.DisposeAsync();
    }

    private async Task RunAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, _connection, _transaction) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
