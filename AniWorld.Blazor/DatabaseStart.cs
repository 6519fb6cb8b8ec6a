using AniWorld.Data;
using AniWorld.Data.Sqlite;
using AniWorld.Services.Configuration;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Blazor;

/// <summary>Brings the database up to date before any other part starts.</summary>
/// <param name="taken">The data folder is this server's, until the host is disposed of.</param>
internal sealed class DatabaseStart(DataFolderLock taken, IDbContextFactory<AniWorldDbContext> databases, TimeProvider time)
    : IHostedLifecycleService
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

    public Task StartingAsync(CancellationToken cancellationToken) => MigrateAsync(taken.Data, databases, time, cancellationToken);

    /// <summary>For whoever holds the folder's lock.</summary>
    /// <exception cref="StartException">The database cannot be used; it was left as it is.</exception>
    public static async Task MigrateAsync(
        DataFolder data, IDbContextFactory<AniWorldDbContext> databases, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await new SqliteMigrator(databases, () => SafetyCopy(data, time)).MigrateAsync(cancellationToken);
        }
        catch (UnusableDatabaseException e)
        {
            throw new StartException(e.Message, e);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string SafetyCopy(DataFolder data, TimeProvider time)
    {
        Directory.CreateDirectory(data.Backups);
        return Path.Combine(data.Backups, $"before-migration-{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}.db");
    }
}
