using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace AniWorld.Data.PostgreSql;

/// <summary>
/// A dump's rows in a schema of their own beside the present tables, of today's form, and with nothing under way in them. It goes when
/// this is disposed of.
/// </summary>
public sealed class RestoreStaging : IAsyncDisposable
{
    private const string History = "__EFMigrationsHistory";

    private readonly NpgsqlDataSource _own;

    private RestoreStaging(DatabasePlace.Server place, string schema)
    {
        Schema = schema;
        Present = PostgreSqlDatabase.Source(Unpooled(place, searchPath: null));
        _own = PostgreSqlDatabase.Source(Unpooled(place, schema));
    }

    public string Schema { get; }

    /// <summary>The database that the rows are for.</summary>
    internal NpgsqlDataSource Present { get; }

    /// <param name="place">The database that the rows are for.</param>
    /// <param name="dump">What <c>pg_dump</c> wrote in plain form, or a stranger's file.</param>
    /// <exception cref="UnusableDatabaseException">Why it cannot be used; nothing is left of it.</exception>
    public static async Task<RestoreStaging> FillAsync(DatabasePlace.Server place, string dump, TimeProvider time, CancellationToken cancellationToken)
    {
        var staging = new RestoreStaging(place, $"aniworld_restore_{Guid.NewGuid():N}");
        var folder = Directory.CreateDirectory(dump + ".rows").FullName;
        try
        {
            var tables = await DumpRows.SplitAsync(dump, folder, cancellationToken);
            await staging.FillAsync(tables, time, cancellationToken);
            return staging;
        }
        catch (PostgresException e)
        {
            await staging.DisposeAsync();
            throw new UnusableDatabaseException($"The database in it cannot be used: {e.MessageText}", e);
        }
        catch
        {
            await staging.DisposeAsync();
            throw;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await using (var command = Present.CreateCommand($"DROP SCHEMA IF EXISTS {Schema} CASCADE"))
        {
            await command.ExecuteNonQueryAsync();
        }

        await _own.DisposeAsync();
        await Present.DisposeAsync();
    }

    private static string Unpooled(DatabasePlace.Server place, string? searchPath)
    {
        var settings = new NpgsqlConnectionStringBuilder(place.ConnectionString) { Pooling = false };
        settings.SearchPath = searchPath ?? settings.SearchPath;
        return settings.ToString();
    }

    private async Task FillAsync(IReadOnlyList<DumpedTable> dumped, TimeProvider time, CancellationToken cancellationToken)
    {
        await using (var command = Present.CreateCommand($"CREATE SCHEMA {Schema}"))
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var database = new PostgreSqlContext(PostgreSqlDatabase.Options(_own, time, Schema));
        await database.GetService<IMigrator>().MigrateAsync(LastMigration(database, dumped), cancellationToken);
        await using (var connection = await _own.OpenConnectionAsync(cancellationToken))
        {
            foreach (var table in MovedTable.All(database))
            {
                var rows = dumped.FirstOrDefault(one => one.Name == table.Name);
                if (rows is not null)
                {
                    await CopyAsync(rows, connection, cancellationToken);
                }
            }
        }

        await database.Database.MigrateAsync(cancellationToken);
        await InterruptedWork.EndAsync(database, cancellationToken);
    }

    private static string LastMigration(PostgreSqlContext database, IReadOnlyList<DumpedTable> dumped)
    {
        if (dumped.FirstOrDefault(table => table.Name == History) is not { } history)
        {
            throw new UnusableDatabaseException("The database in it is not AniWorld's.");
        }

        var at = history.Columns.ToList().IndexOf("MigrationId");
        var applied = File.ReadLines(history.Path).Select(row => row.Split('\t').ElementAtOrDefault(at)).Order(StringComparer.Ordinal).ToList();
        var known = database.Database.GetMigrations().ToList();
        return applied.Find(migration => !known.Contains(migration!)) is { } newer
            ? throw new UnusableDatabaseException($"It is from a newer AniWorld (it has {newer}); install that version first.")
            : applied.LastOrDefault() ?? throw new UnusableDatabaseException("The database in it is not AniWorld's.");
    }

    private static async Task CopyAsync(DumpedTable rows, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var columns = string.Join(", ", rows.Columns.Select(column => $"\"{column}\""));
        await using var import = await connection.BeginTextImportAsync($"COPY \"{rows.Name}\" ({columns}) FROM STDIN", cancellationToken);
        using var lines = new StreamReader(rows.Path);
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            await import.WriteAsync($"{line}\n".AsMemory(), cancellationToken);
        }
    }
}
