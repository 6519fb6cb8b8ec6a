using System.Data.Common;
using AniWorld.Data.PostgreSql;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace AniWorld.Data;

/// <summary>Inserts very many rows of one kind through one prepared statement, where tracking each of them would take longest.</summary>
/// <remarks>
/// Columns and conversions are the model's. The caller has begun a transaction, and commits it. A column is left out of the statement until
/// a row has something to say in it: setting a parameter costs about as much as storing it.
/// </remarks>
public sealed class RowInserter<T> : IAsyncDisposable
    where T : class
{
    private readonly AniWorldDbContext _database;
    private readonly DbTransaction _transaction;
    private readonly DateTimeOffset _now;
    private readonly Column[] _columns;
    private readonly object?[] _values;
    private readonly string _table;
    private readonly string _id;
    private DbCommand? _command;

    /// <param name="now">When the rows are made, as far as they do not say so themselves.</param>
    /// <exception cref="InvalidOperationException">No transaction was begun.</exception>
    public RowInserter(AniWorldDbContext database, DateTimeOffset now)
    {
        (_database, _now) = (database, now);
        var kind = database.Model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T)} is not in the model.");
        _transaction = database.Database.CurrentTransaction?.GetDbTransaction() ?? throw new InvalidOperationException("Begin a transaction first.");
        _columns =
        [
            .. kind.GetProperties().Where(p => !(p.IsPrimaryKey() && p.ValueGenerated is ValueGenerated.OnAdd))
                .Select(p => new Column(p.GetColumnName(), p, p.GetRelationalTypeMapping())),
        ];
        _values = new object?[_columns.Length];
        _table = kind.GetTableName()!;
        _id = kind.FindPrimaryKey()!.Properties[0].GetColumnName();
    }

    /// <returns>The id that the row got.</returns>
    public async Task<long> InsertAsync(T row, CancellationToken cancellationToken = default)
    {
        if (row is ITimestamped stamped)
        {
            stamped.CreatedAt = stamped.CreatedAt == default ? _now : stamped.CreatedAt;
            stamped.UpdatedAt = _now;
        }

        var command = await CommandForAsync(row);
        for (var i = 0; i < _columns.Length; i++)
        {
            if (_columns[i].Parameter is { } parameter)
            {
                parameter.Value = _values[i] ?? DBNull.Value;
            }
        }

        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public ValueTask DisposeAsync() => _command?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Reads the row's values, and makes the statement anew when one of them has no place in it yet.</summary>
    private async ValueTask<DbCommand> CommandForAsync(T row)
    {
        var isWhole = _command is not null;
        for (var i = 0; i < _columns.Length; i++)
        {
            _values[i] = Stored(_columns[i], row);
            isWhole &= _values[i] is null || _columns[i].Parameter is not null;
        }

        if (!isWhole)
        {
            await DisposeAsync();
            _command = Command();
        }

        return _command!;
    }

    private object? Stored(Column column, T row)
    {
        var value = column.Property.GetGetter().GetClrValue(row);
        var stored = column.Mapping.Converter?.ConvertToProvider(value) ?? value;
        return stored is string text && _database is PostgreSqlContext ? StorableTexts.Mended(text) : stored;
    }

    private DbCommand Command()
    {
        var command = _database.Database.GetDbConnection().CreateCommand();
        command.Transaction = _transaction;
        var used = new List<Column>();
        for (var i = 0; i < _columns.Length; i++)
        {
            if (_values[i] is null && _columns[i].Parameter is null)
            {
                continue;
            }

            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            command.Parameters.Add(parameter);
            used.Add(_columns[i] = _columns[i] with { Parameter = parameter });
        }

        command.CommandText =
            $"""
            INSERT INTO "{_table}" ({string.Join(", ", used.Select(c => $"\"{c.Name}\""))})
            VALUES ({string.Join(", ", used.Select(c => c.Parameter!.ParameterName))}) RETURNING "{_id}"
            """;
        return command;
    }

    private sealed record Column(string Name, IProperty Property, RelationalTypeMapping Mapping)
    {
        /// <summary><see langword="null"/> while no row has said anything in it.</summary>
        public DbParameter? Parameter { get; init; }
    }
}
