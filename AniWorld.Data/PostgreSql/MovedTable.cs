using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace AniWorld.Data.PostgreSql;

/// <summary>A table whose rows go from one database to PostgreSQL, as this program reads them on either.</summary>
internal abstract class MovedTable
{
    private readonly Column[] _columns;

    protected MovedTable(IEntityType kind)
    {
        Name = kind.GetTableName()!;
        _columns = [.. kind.GetProperties().OrderBy(property => property.Name, StringComparer.Ordinal).Select(property => new Column(property))];
    }

    public string Name { get; }

    /// <summary>All of them, as a list in SQL.</summary>
    public string Columns => string.Join(", ", _columns.Select(column => $"\"{column.Name}\""));

    /// <summary>In such an order that a row's references are there before it.</summary>
    public static IReadOnlyList<MovedTable> All(PostgreSqlContext target)
    {
        var ordered = new List<IEntityType>();
        foreach (var kind in target.CommonKinds)
        {
            Add(kind);
        }

        return [.. ordered.Select(kind => (MovedTable)Activator.CreateInstance(typeof(Of<>).MakeGenericType(kind.ClrType), kind)!)];

        void Add(IEntityType kind)
        {
            if (ordered.Contains(kind))
            {
                return;
            }

            foreach (var key in kind.GetForeignKeys().Where(key => key.PrincipalEntityType != kind))
            {
                Add(key.PrincipalEntityType);
            }

            ordered.Add(kind);
        }
    }

    public async Task<TableContent> ContentAsync(AniWorldDbContext database, CancellationToken cancellationToken)
    {
        var sum = new ContentSum(Name);
        await foreach (var row in ReadAsync(database, cancellationToken))
        {
            sum.Add(row);
        }

        return sum.Content;
    }

    /// <summary>Copies all rows in one transaction.</summary>
    /// <param name="copied">Told after each with how many there are.</param>
    public async Task CopyAsync(AniWorldDbContext source, NpgsqlConnection target, Action<long> copied, CancellationToken cancellationToken)
    {
        await using var transaction = await target.BeginTransactionAsync(cancellationToken);
        await using (var import = await target.BeginBinaryImportAsync($"COPY \"{Name}\" ({Columns}) FROM STDIN (FORMAT BINARY)", cancellationToken))
        {
            long rows = 0;
            await foreach (var row in ReadAsync(source, cancellationToken))
            {
                await import.StartRowAsync(cancellationToken);
                foreach (var value in row)
                {
                    await (value is null ? import.WriteNullAsync(cancellationToken) : import.WriteAsync(value, cancellationToken));
                }

                copied(++rows);
            }

            await import.CompleteAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The numbers that the table's own rows get begin after those that were copied.</summary>
    public string? NumberingSql => _columns.FirstOrDefault(column => column.IsNumbered) is { } id
        ? $"""SELECT setval(pg_get_serial_sequence('"{Name}"', '{id.Name}'), greatest(max("{id.Name}"), 1), max("{id.Name}") IS NOT NULL) FROM "{Name}" """
        : null;

    /// <summary>The rows one by one, untracked and with those that are hidden.</summary>
    protected abstract IAsyncEnumerable<object> RowsAsync(AniWorldDbContext database);

    private async IAsyncEnumerable<object?[]> ReadAsync(AniWorldDbContext database, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in RowsAsync(database).WithCancellation(cancellationToken))
        {
            yield return [.. _columns.Select(column => column.Of(row))];
        }
    }

    private sealed class Of<T>(IEntityType kind) : MovedTable(kind)
        where T : class
    {
        protected override IAsyncEnumerable<object> RowsAsync(AniWorldDbContext database) =>
            database.Set<T>().IgnoreQueryFilters().AsNoTracking().AsAsyncEnumerable();
    }

    private sealed class Column(IProperty property)
    {
        public string Name => property.GetColumnName();

        public bool IsNumbered => property.IsPrimaryKey() && property.ValueGenerated is ValueGenerated.OnAdd && property.ClrType == typeof(long);

        /// <returns>As PostgreSQL stores it.</returns>
        public object? Of(object row)
        {
            var value = property.GetGetter().GetClrValue(row);
            var stored = value is not null && property.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value;
            return stored is string text ? StorableTexts.Mended(text) : stored;
        }
    }
}
