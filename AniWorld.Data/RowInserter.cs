using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace AniWorld.Data;

/// <summary>Inserts very many rows of one kind through one prepared statement, where tracking each of them would take longest.</summary>
/// <remarks>Columns and conversions are the model's. The caller has begun a transaction, and commits it.</remarks>
public sealed class RowInserter<T> : IAsyncDisposable
    where T : class
{
    private readonly DbCommand _command;
    private readonly Column[] _columns;
    private readonly DateTimeOffset _now;

    /// <param name="now">When the rows are made, as far as they do not say so themselves.</param>
    /// <exception cref="InvalidOperationException">No transaction was begun.</exception>
    public RowInserter(AniWorldDbContext database, DateTimeOffset now)
    {
        _now = now;
        var kind = database.Model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T)} is not in the model.");
        var transaction = database.Database.CurrentTransaction ?? throw new InvalidOperationException("Begin a transaction first.");
        _command = database.Database.GetDbConnection().CreateCommand();
        _command.Transaction = transaction.GetDbTransaction();
        _columns = [.. kind.GetProperties().Where(p => !(p.IsPrimaryKey() && p.ValueGenerated is ValueGenerated.OnAdd)).Select(ColumnOf)];
        _command.CommandText =
            $"""
            INSERT INTO "{kind.GetTableName()}" ({string.Join(", ", _columns.Select(c => $"\"{c.Name}\""))})
            VALUES ({string.Join(", ", _columns.Select(c => c.Parameter.ParameterName))}) RETURNING "{kind.FindPrimaryKey()!.Properties[0].GetColumnName()}"
            """;
    }

    /// <returns>The id that the row got.</returns>
    public async Task<long> InsertAsync(T row, CancellationToken cancellationToken = default)
    {
        if (row is ITimestamped stamped)
        {
            stamped.CreatedAt = stamped.CreatedAt == default ? _now : stamped.CreatedAt;
            stamped.UpdatedAt = _now;
        }

        foreach (var column in _columns)
        {
            var value = column.Property.GetGetter().GetClrValue(row);
            column.Parameter.Value = (column.Mapping.Converter?.ConvertToProvider(value) ?? value) ?? DBNull.Value;
        }

        return (long)(await _command.ExecuteScalarAsync(cancellationToken))!;
    }

    public ValueTask DisposeAsync() => _command.DisposeAsync();

    private Column ColumnOf(IProperty property, int index)
    {
        var parameter = _command.CreateParameter();
        parameter.ParameterName = $"@p{index}";
        _command.Parameters.Add(parameter);
        return new Column(property.GetColumnName(), property, property.GetRelationalTypeMapping(), parameter);
    }

    private sealed record Column(string Name, IProperty Property, RelationalTypeMapping Mapping, DbParameter Parameter);
}
