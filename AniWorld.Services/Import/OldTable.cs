using System.Globalization;
using Microsoft.Data.Sqlite;

namespace AniWorld.Services.Import;

/// <summary>A table of the old database, whatever columns it has and whatever stands in them.</summary>
internal static class OldTable
{
    /// <returns>Its columns; <see langword="null"/> when there is no such table, or only a view or something computed.</returns>
    public static List<string>? Columns(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = $table AND type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'";
        command.Parameters.AddWithValue("$table", table);
        if (command.ExecuteScalar() is not 1L)
        {
            return null;
        }

        command.CommandText = "SELECT name FROM pragma_table_info($table)";
        using var reader = command.ExecuteReader();
        var columns = new List<string>();
        while (reader.Read())
        {
            columns.Add(reader.GetString(0));
        }

        return columns;
    }

    /// <summary>At most <paramref name="most"/> rows, as they lie there. Long texts are cut, and what is neither text nor number is left out.</summary>
    public static IEnumerable<OldRow> Rows(SqliteConnection connection, string table, IReadOnlyList<string> columns, int most)
    {
        using var command = connection.CreateCommand();
        var cells = columns.Select(column => Quote(column)).Select(column =>
            $"CASE typeof({column}) WHEN 'text' THEN substr({column}, 1, {OldValues.LongestText}) WHEN 'blob' THEN NULL ELSE {column} END");
        command.CommandText = $"SELECT {string.Join(", ", cells)} FROM {Quote(table)} LIMIT {most}";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < columns.Count; i++)
            {
                row[columns[i]] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            }

            yield return new OldRow(row);
        }
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>One row. Each value goes by the first of some names that the table has.</summary>
internal sealed class OldRow(Dictionary<string, object?> values)
{
    public string? Text(params ReadOnlySpan<string> names) => Value(names) switch
    {
        string text => text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    public long? Number(params ReadOnlySpan<string> names) => Value(names) switch
    {
        long number => number,
        string text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    public bool? Flag(params ReadOnlySpan<string> names) => Number(names) is { } number ? number != 0 : null;

    /// <summary>As SQLAlchemy writes it, in UTC; <see langword="null"/> for anything else.</summary>
    public DateTimeOffset? Time(params ReadOnlySpan<string> names) => DateTimeOffset.TryParse(
        Text(names), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
        && time.Year is >= 1990 and < 2200
        ? time
        : null;

    private object? Value(ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (values.TryGetValue(name, out var value))
            {
                return value;
            }
        }

        return null;
    }
}
