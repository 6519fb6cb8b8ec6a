using AniWorld.Data;
using AniWorld.Data.PostgreSql;
using AniWorld.Data.Sqlite;
using AniWorld.Services.Auth;
using AniWorld.Services.Backups;
using AniWorld.Services.Configuration;
using AniWorld.Services.Disk;
using AniWorld.Services.Faults;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Blazor;

/// <summary>Brings the database up to date before any other part starts.</summary>
/// <param name="taken">The data folder is this server's, until the host is disposed of.</param>
internal sealed class DatabaseStart(
    DataFolderLock taken, DatabasePlace place, IDbContextFactory<AniWorldDbContext> databases, BackupService backups, RestoreService restores,
    SessionTokens tokens, ILogger<DatabaseStart> logger) : IHostedLifecycleService
{
    /// <summary>Takes the folder for this server alone. Comes before anything in it is read, for reading may already mend something.</summary>
    /// <exception cref="StartException">Another server has it, or it cannot be written.</exception>
    public static DataFolderLock Take(DataFolder data)
    {
        try
        {
            return DataFolderLock.TryTake(data) ?? throw new StartException(
                $"Another AniWorld uses the data folder {data.Root}. Stop it first, or give this one another folder with --data.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The data folder {data.Root} cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Brings a restore to its end that was under way when the process ended.</summary>
    /// <exception cref="StartException">It cannot be finished for now.</exception>
    public static void FinishRestore(DataFolder data, DatabasePlace place)
    {
        try
        {
            RestoreFinish.Run(data, place);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"{e.Message} Look at the disk of {data.Root}, then start again.", e);
        }
    }

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (place is DatabasePlace.File && NetworkFileSystem.WarningOf(taken.Data.Root) is { } warning)
        {
            logger.LogWarning("{Warning}", warning);
        }

        await MigrateAsync(taken.Data, databases, backups, cancellationToken);
        if (place is DatabasePlace.Server)
        {
            await restores.FinishAsync(cancellationToken);
            ReadSigningKey();
        }
    }

    /// <summary>For whoever holds the folder's lock.</summary>
    /// <exception cref="StartException">The database cannot be used; it was left as it is.</exception>
    public static async Task MigrateAsync(
        DataFolder data, IDbContextFactory<AniWorldDbContext> databases, BackupService backups, CancellationToken cancellationToken)
    {
        try
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            if (database is PostgreSqlContext)
            {
                await new PostgreSqlMigrator(databases, BackUpAsync).MigrateAsync(cancellationToken);
                return;
            }

            RefuseEmptied(data, backups);
            await new SqliteMigrator(databases, BackUpAsync).MigrateAsync(cancellationToken);
        }
        catch (DamagedDatabaseException e)
        {
            throw new DamagedStartException(e.Message, e);
        }
        catch (Exception e) when (e is UnusableDatabaseException or FaultException)
        {
            throw new StartException(e.Message, e);
        }

        Task BackUpAsync(CancellationToken token) => backups.MakeAsync(BackupReason.Migration, token);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Now that the database can be asked: a request that could not get it would have to be told that nobody is logged in.</summary>
    private void ReadSigningKey()
    {
        try
        {
            _ = tokens.Validation;
        }
        catch (InvalidDataException e)
        {
            throw new StartException(e.Message, e);
        }
    }

    /// <summary>An empty file is a new database to SQLite; where there are backups of one, it was emptied.</summary>
    private static void RefuseEmptied(DataFolder data, BackupService backups)
    {
        var file = new FileInfo(data.Database);
        if (file is { Exists: true, Length: 0 } && backups.List().Any(backup => backup.Has(BackupPart.Database)))
        {
            throw new DamagedDatabaseException($"{file.FullName} is empty, and there are backups of what it held. It was left as it is.");
        }
    }
}
