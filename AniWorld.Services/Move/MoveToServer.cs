using AniWorld.Data;
using AniWorld.Data.PostgreSql;
using AniWorld.Data.Sqlite;
using AniWorld.Services.Configuration;
using AniWorld.Services.Disk;
using AniWorld.Services.Faults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AniWorld.Services.Move;

/// <summary>Takes a data folder's SQLite database over to PostgreSQL, and what is files on the one and rows on the other. Only for whoever holds the folder's lock.</summary>
/// <remarks>It works on a copy, so that the database itself is as it was afterwards, whatever its version.</remarks>
public static class MoveToServer
{
    private const long Reserve = 64L << 20;

    /// <param name="report">Told after each row and each table.</param>
    /// <returns>What each table holds, there as here.</returns>
    /// <exception cref="FaultException">It cannot be done, and why; what has arrived is gone on with by the next call.</exception>
    public static async Task<IReadOnlyList<TableContent>> RunAsync(
        DataFolder data, string connectionString, TimeProvider time, Action<MoveProgress> report, CancellationToken cancellationToken)
    {
        if (DatabaseRules.Problem(connectionString) is { } problem)
        {
            throw new FaultException(FaultCode.Internal, Sentence.Plain(problem));
        }

        var copy = Path.Combine(data.Root, "move.tmp");
        try
        {
            var files = FilesBeside.Read(data, time);
            await CopyAsync(data, copy, cancellationToken);
            var source = new DbContextOptionsBuilder<AniWorldDbContext>();
            SqliteDatabase.Configure(source, copy, time, pooling: false);
            await new SqliteMigrator(new Copies(source.Options), _ => Task.CompletedTask).MigrateAsync(cancellationToken);
            await using var target = PostgreSqlDatabase.Source(connectionString);
            return await new DatabaseMove(source.Options, files, target, time).RunAsync(report, cancellationToken);
        }
        catch (UnusableDatabaseException e)
        {
            throw new FaultException(FaultCode.Internal, Sentence.Plain(e.Message), e);
        }
        catch (NpgsqlException e)
        {
            throw new FaultException(FaultCode.Internal, new Sentence("fault_move_refused", e.GetBaseException().Message), e);
        }
        finally
        {
            Remove(copy);
        }
    }

    private static async Task CopyAsync(DataFolder data, string copy, CancellationToken cancellationToken)
    {
        if (!File.Exists(data.Database))
        {
            throw new FaultException(FaultCode.TargetMissing, new Sentence("fault_move_no_database", data.Database));
        }

        if (await SqliteFileCheck.FindDamageAsync(data.Database, cancellationToken) is { } damage)
        {
            throw new FaultException(FaultCode.IoError, new Sentence("fault_move_damaged", data.Database, damage));
        }

        // Left by one that was killed.
        Remove(copy);
        DiskFault.RequireSpace(copy, new FileInfo(data.Database).Length, Reserve);
        OwnersFile.Create(copy).Dispose();
        SqliteSnapshot.Make(data.Database, copy);
    }

    private static void Remove(string copy)
    {
        foreach (var file in new[] { "", "-wal", "-shm", "-journal" })
        {
            File.Delete(copy + file);
        }
    }

    private sealed class Copies(DbContextOptions<AniWorldDbContext> options) : IDbContextFactory<AniWorldDbContext>
    {
        public AniWorldDbContext CreateDbContext() => new(options);
    }
}
