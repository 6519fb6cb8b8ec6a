using AniWorld.Data;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads;
using AniWorld.Services.Progress;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AniWorld.Services.Backups;

public static class BackupRegistration
{
    /// <summary>Backups, and how they are put in force. Needs configuration, downloads and progress.</summary>
    public static IServiceCollection AddBackups(this IServiceCollection services) => services
        .AddBackupFiles()
        .AddSingleton(s => new RestoreService(
            s.GetRequiredService<DataFolder>(),
            s.GetRequiredService<BackupFolder>(),
            s.GetRequiredService<BackupService>(),
            s.GetRequiredService<BackupUnpacking>(),
            s.GetRequiredService<IDatabaseCopies>(),
            s.GetRequiredService<ConfigService>(),
            s.GetRequiredService<QueueReset>(),
            s.GetRequiredService<ProgressService>(),
            s.GetRequiredService<IDbContextFactory<AniWorldDbContext>>(),
            s.GetRequiredService<ILogger<RestoreService>>()));

    /// <summary>What works without a database, too. Needs the configuration.</summary>
    public static IServiceCollection AddBackupFiles(this IServiceCollection services) => services
        .AddSingleton<BackupFolder>()
        .AddSingleton<IDatabaseCopies>(s => s.GetRequiredService<DatabasePlace>() switch
        {
            DatabasePlace.File file => new SqliteCopies(file.Path, s.GetRequiredService<TimeProvider>()),
            DatabasePlace.Server server => new PostgreSqlCopies(
                server, s.GetRequiredService<NpgsqlDataSource>(), () => s.GetRequiredService<MediaTools>().PgDump, s.GetRequiredService<TimeProvider>()),
            var other => throw new NotSupportedException($"{other} cannot be backed up."),
        })
        .AddSingleton<BackupUnpacking>()
        .AddSingleton(s => new BackupService(
            s.GetRequiredService<DataFolder>(),
            s.GetRequiredService<BackupFolder>(),
            s.GetRequiredService<BackupUnpacking>(),
            s.GetRequiredService<IDatabaseCopies>(),
            s.GetRequiredService<ConfigChain>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<BackupService>>()))
        .AddSingleton(s => new DatabaseRepair(
            s.GetRequiredService<DataFolder>(),
            s.GetRequiredService<BackupFolder>(),
            s.GetRequiredService<BackupUnpacking>(),
            s.GetRequiredService<TimeProvider>()));
}
