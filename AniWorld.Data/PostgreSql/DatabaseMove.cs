using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AniWorld.Data.PostgreSql;

/// <summary>How far a move is.</summary>
/// <param name="Verified">The rows are there and were compared.</param>
public sealed record MoveProgress(string Table, long Rows, bool Verified);

/// <summary>Copies a SQLite database to PostgreSQL, table by table, and compares each. What was cut short goes on where it was.</summary>
/// <remarks>The source is read only; what is there at the start is what is copied. Nobody may use the target meanwhile: no server starts on it.</remarks>
public sealed class DatabaseMove(DbContextOptions<AniWorldDbContext> source, MovedFiles files, NpgsqlDataSource target, TimeProvider time)
{
    /// <param name="report">Told after each row and each table.</param>
    /// <returns>What each table holds, on both sides.</returns>
    /// <exception cref="UnusableDatabaseException">The target holds other data, or what arrived there is not what was sent.</exception>
    /// <exception cref="NpgsqlException">The server cannot be reached, or refused.</exception>
    public async Task<IReadOnlyList<TableContent>> RunAsync(Action<MoveProgress> report, CancellationToken cancellationToken)
    {
        await using var context = new PostgreSqlContext(PostgreSqlDatabase.Options(target, time));
        var tables = MovedTable.All(context);
        var expected = await ExpectedAsync(tables, cancellationToken);
        await context.Database.OpenConnectionAsync(cancellationToken);
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        var verified = await MoveMark.FindAsync(connection, cancellationToken);
        if (verified is null)
        {
            if (await IsThereAsync(context, tables, expected, cancellationToken))
            {
                return expected;
            }

            await MoveMark.BeginAsync(connection, cancellationToken);
            verified = [];
        }

        await context.Database.MigrateAsync(cancellationToken);
        if (verified.Except(expected).Any())
        {
            await EmptyAsync(connection, tables, cancellationToken);
            await MoveMark.ForgetAsync(connection, cancellationToken);
            verified = [];
        }

        foreach (var (table, content) in tables.Zip(expected))
        {
            if (!verified.Contains(content))
            {
                await CopyAsync(table, content, connection, report, cancellationToken);
            }

            report(new MoveProgress(table.Name, content.Rows, Verified: true));
        }

        foreach (var sql in tables.Select(table => table.NumberingSql).OfType<string>())
        {
            await RunAsync(connection, sql, cancellationToken);
        }

        await files.StoreAsync(context, cancellationToken);
        await MoveMark.EndAsync(connection, cancellationToken);
        return expected;
    }

    private async Task<IReadOnlyList<TableContent>> ExpectedAsync(IReadOnlyList<MovedTable> tables, CancellationToken cancellationToken)
    {
        await using var from = new AniWorldDbContext(source);
        var contents = new List<TableContent>();
        foreach (var table in tables)
        {
            contents.Add(await table.ContentAsync(from, cancellationToken));
        }

        return contents;
    }

    private async Task CopyAsync(
        MovedTable table, TableContent expected, NpgsqlConnection connection, Action<MoveProgress> report, CancellationToken cancellationToken)
    {
        // Rows of a run that ended before they were compared.
        await RunAsync(connection, $"DELETE FROM \"{table.Name}\"", cancellationToken);
        await using (var from = new AniWorldDbContext(source))
        {
            await table.CopyAsync(from, connection, rows => report(new MoveProgress(table.Name, rows, Verified: false)), cancellationToken);
        }

        await using var arrived = new PostgreSqlContext(PostgreSqlDatabase.Options(target, time));
        var content = await table.ContentAsync(arrived, cancellationToken);
        if (content != expected)
        {
            throw new UnusableDatabaseException(
                $"What arrived in {table.Name} is not what was sent ({content.Rows} rows of {expected.Rows}). Did somebody else write there? Run this again.");
        }

        await MoveMark.AddAsync(connection, content, cancellationToken);
    }

    /// <summary>Whether an earlier move has come to its end.</summary>
    /// <exception cref="UnusableDatabaseException">There is something else.</exception>
    private static async Task<bool> IsThereAsync(
        PostgreSqlContext context, IReadOnlyList<MovedTable> tables, IReadOnlyList<TableContent> expected, CancellationToken cancellationToken)
    {
        var there = await context.Database
            .SqlQuery<string>($"SELECT tablename AS \"Value\" FROM pg_tables WHERE schemaname = current_schema()")
            .ToListAsync(cancellationToken);
        if (there.Count == 0)
        {
            return false;
        }

        string[] known = ["__EFMigrationsHistory", .. PostgreSqlContext.OwnTables, .. tables.Select(table => table.Name)];
        if (there.Except(known).FirstOrDefault(name => !name.StartsWith(PostgreSqlContext.ClockTables, StringComparison.Ordinal)) is { } foreign)
        {
            throw Refusal($"the table {foreign}, which is not AniWorld's");
        }

        if ((await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            throw Refusal("tables of another AniWorld's");
        }

        var contents = new List<TableContent>();
        foreach (var table in tables)
        {
            contents.Add(await table.ContentAsync(context, cancellationToken));
        }

        return contents.Sum(content => content.Rows) > 0 && (contents.SequenceEqual(expected) ? true : throw Refusal("other data"));
    }

    private static UnusableDatabaseException Refusal(string what) =>
        new($"The target holds {what}. Nothing was changed; name an empty database.");

    private static Task EmptyAsync(NpgsqlConnection connection, IEnumerable<MovedTable> tables, CancellationToken cancellationToken) =>
        RunAsync(connection, $"TRUNCATE {string.Join(", ", tables.Select(table => $"\"{table.Name}\""))}", cancellationToken);

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
