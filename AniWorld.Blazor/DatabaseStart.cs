using AniWorld.Data;
using AniWorld.Data.Sqlite;
using AniWorld.Services.Configuration;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Blazor;

/// <summary>Takes the data folder and brings the database up to date before any other part starts.</summary>
internal sealed class DatabaseStart(DataFolder data, IDbContextFactory<AniWorldDbContext> databases, TimeProvider time)
    : IHostedLifecycleService, IDisposable
{
    private DataFolderLock? _lock;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            _lock = DataFolderLock.TryTake(data);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The data folder {data.Root} cannot be written: {e.Message}", e);
        }

        if (_lock is null)
        {
            throw new StartException(
                $"Another AniWorld uses the data folder {data.Root}. Stop it first, or give this one another folder with --data.");
        }

        try
        {
            await new SqliteMigrator(databases, SafetyCopy).MigrateAsync(cancellationToken);
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

    public void Dispose() => _lock?.Dispose();

    private string SafetyCopy()
    {
        Directory.CreateDirectory(data.Backups);
        return Path.Combine(data.Backups, $"before-migration-{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}.db");
    }
}
