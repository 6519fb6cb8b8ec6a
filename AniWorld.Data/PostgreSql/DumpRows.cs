using System.Text.RegularExpressions;

namespace AniWorld.Data.PostgreSql;

/// <summary>A table's rows in what <c>pg_dump</c> wrote.</summary>
/// <param name="Columns">Their plain names.</param>
/// <param name="Path">A file with the rows as they stand there, a line each.</param>
internal sealed record DumpedTable(string Name, IReadOnlyList<string> Columns, string Path);

/// <summary>Reads the rows out of a plain dump and passes over all else, for a dump is a program, and this one may be a stranger's.</summary>
internal static partial class DumpRows
{
    private const string End = @"\.";
    private const int LongestLine = 16 << 20;

    /// <param name="folder">Receives a file for each table.</param>
    /// <exception cref="UnusableDatabaseException">It is no such dump, or was cut short.</exception>
    public static async Task<IReadOnlyList<DumpedTable>> SplitAsync(string dump, string folder, CancellationToken cancellationToken)
    {
        await RefuseLongLinesAsync(dump, cancellationToken);
        using var lines = new StreamReader(dump);
        var tables = new List<DumpedTable>();
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (Heading().Match(line) is not { Success: true } heading)
            {
                continue;
            }

            var table = new DumpedTable(
                heading.Groups["table"].Value,
                [.. heading.Groups["column"].Captures.Select(column => column.Value)],
                Path.Combine(folder, $"{tables.Count}.rows"));
            await CopyRowsAsync(lines, table, cancellationToken);
            tables.Add(table);
        }

        return tables.DistinctBy(table => table.Name).Count() == tables.Count
            ? tables
            : throw new UnusableDatabaseException("The database in it is damaged: it has a table twice.");
    }

    /// <summary>A line is read into memory whole, and none of ours is as long.</summary>
    private static async Task RefuseLongLinesAsync(string dump, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(dump);
        var buffer = new byte[1 << 16];
        var length = 0L;
        while (await file.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            var rest = buffer.AsMemory(0, read);
            for (var end = rest.Span.IndexOf((byte)'\n'); end >= 0; end = rest.Span.IndexOf((byte)'\n'))
            {
                rest = rest[(end + 1)..];
                length = 0;
            }

            length += rest.Length;
            if (length > LongestLine)
            {
                throw new UnusableDatabaseException("The database in it is damaged: it has a line that is too long.");
            }
        }
    }

    private static async Task CopyRowsAsync(StreamReader lines, DumpedTable table, CancellationToken cancellationToken)
    {
        await using var rows = new StreamWriter(table.Path) { NewLine = "\n" };
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line == End)
            {
                return;
            }

            await rows.WriteLineAsync(line.AsMemory(), cancellationToken);
        }

        throw new UnusableDatabaseException($"The database in it is damaged: {table.Name} has no end.");
    }

    /// <summary>Such as <c>COPY public."Series" ("Id", "Key") FROM stdin;</c>.</summary>
    [GeneratedRegex("""^COPY ("?\w+"?\.)?"?(?<table>\w+)"? \("?(?<column>\w+)"?(, "?(?<column>\w+)"?)*\) FROM stdin;$""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Heading();
}
