using AniWorld.Data;
using AniWorld.Data.History;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads;
using AniWorld.Services.Progress;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Backups;

/// <summary>What became of a restore.</summary>
public abstract record RestoreResult
{
    /// <param name="Parts">What was put in force.</param>
    /// <param name="SafetyBackup">What was before, as a backup of that name; null when nothing had to be kept.</param>
    public sealed record Restored(IReadOnlyList<string> Parts, string? SafetyBackup) : RestoreResult;

    public sealed record UnknownBackup : RestoreResult;

    /// <summary>Nothing changed.</summary>
    public sealed record Invalid(IReadOnlyList<ConfigProblem> Problems) : RestoreResult;

    /// <summary>A scan of the library writes what it found; nothing changed.</summary>
    public sealed record ScanRuns : RestoreResult;
}

/// <summary>Puts a backup in force while the server runs: all of the wanted parts or none.</summary>
/// <remarks>How, and why so: <c>docs/decisions/0008-restore-while-running.md</c>.</remarks>
public sealed class RestoreService : IDisposable
{
    private readonly DataFolder _data;
    private readonly BackupFolder _folder;
    private readonly BackupService _backups;
    private readonly BackupUnpacking _unpacking;
    private readonly IDatabaseCopies _copies;
    private readonly ConfigService _configuration;
    private readonly QueueReset _queue;
    private readonly ProgressService _progress;
    private readonly IDbContextFactory<AniWorldDbContext> _databases;
    private readonly ILogger<RestoreService> _logger;
    private readonly SemaphoreSlim _one = new(1);

    internal RestoreService(
        DataFolder data, BackupFolder folder, BackupService backups, BackupUnpacking unpacking, IDatabaseCopies copies,
        ConfigService configuration, QueueReset queue,
        ProgressService progress, IDbContextFactory<AniWorldDbContext> databases, ILogger<RestoreService> logger)
    {
        _data = data;
        _folder = folder;
        _backups = backups;
        _unpacking = unpacking;
        _copies = copies;
        _configuration = configuration;
        _queue = queue;
        _progress = progress;
        _databases = databases;
        _logger = logger;
    }

    /// <summary>Who may come in stays as it is: what was revoked since the backup stays so, and nobody is locked out.</summary>
    internal static IReadOnlySet<string> Kept { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        nameof(AniWorldDbContext.Credentials),
        nameof(AniWorldDbContext.Sessions),
        nameof(AniWorldDbContext.ApiKeys),
        nameof(AniWorldDbContext.LoginFailures),
    };

    public void Dispose() => _one.Dispose();

    /// <param name="parts">Of <see cref="BackupPart"/>; at least one.</param>
    /// <remarks>Once it is under way it runs to its end; <paramref name="cancellationToken"/> counts before that.</remarks>
    public async Task<RestoreResult> RestoreAsync(string name, IReadOnlyCollection<string> parts, CancellationToken cancellationToken = default)
    {
        if (parts.Count == 0 || parts.Except(BackupPart.All).Any())
        {
            return Invalid("parts", "Name at least one of config and database, and nothing else.");
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            return _folder.Find(name) is { } backup
                ? await Task.Run(() => RestoreAsync(backup, [.. BackupPart.All.Where(parts.Contains)], cancellationToken), cancellationToken)
                : new RestoreResult.UnknownBackup();
        }
        catch (InvalidBackupException e)
        {
            return Invalid("backup", e.Message);
        }
        catch (ConfigConflictException e)
        {
            return Invalid("parts", e.Message);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>At start: brings the rows of a restore to their end that a killed process had begun on a server's database.</summary>
    public Task FinishAsync(CancellationToken cancellationToken = default) =>
        RestoreFinish.RunAsync(_data, _copies, text => _configuration.RestoreAsync(text, cancellationToken), cancellationToken);

    private static RestoreResult.Invalid Invalid(string member, string reason) => new([new(member, reason)]);

    private async Task<RestoreResult> RestoreAsync(Backup backup, IReadOnlyList<string> parts, CancellationToken cancellationToken)
    {
        if (!parts.Contains(BackupPart.Database))
        {
            return backup.Has(BackupPart.Config)
                ? await RestoreConfigAsync(_folder.ReadConfig(backup), cancellationToken)
                : throw new InvalidBackupException(new Sentence("backup_no_config"));
        }

        if (BackupFolder.IsPlain(backup))
        {
            throw new InvalidBackupException(new Sentence("backup_no_database"));
        }

        using var unpacked = await _unpacking.UnpackAsync(_folder.PathOf(backup), parts, _data.Restore, cancellationToken);
        using var configuration = await _configuration.HoldAsync(unpacked.Config, cancellationToken);
        return configuration.Problems.Count > 0
            ? new RestoreResult.Invalid(configuration.Problems)
            : await RestoreAsync(backup, parts, unpacked, configuration);
    }

    private async Task<RestoreResult> RestoreConfigAsync(string text, CancellationToken cancellationToken)
    {
        var before = _folder.List().Select(backup => backup.Name).ToHashSet();
        return await _configuration.RestoreAsync(text, cancellationToken) switch
        {
            ConfigChange.Invalid(var problems) => new RestoreResult.Invalid(problems),
            _ => new RestoreResult.Restored(
                [BackupPart.Config],
                _folder.List().FirstOrDefault(backup => backup.Reason == BackupReason.Restore && !before.Contains(backup.Name))?.Name),
        };
    }

    private async Task<RestoreResult> RestoreAsync(
        Backup backup, IReadOnlyList<string> parts, UnpackedBackup unpacked, ConfigHold configuration)
    {
        Backup safety;
        await using (var replacement = await _copies.BeginAsync(unpacked.Database!, CancellationToken.None))
        {
            // Nobody writes from here on: what the safety backup holds is all that was ever acknowledged.
            if (await IsScanningAsync())
            {
                return new RestoreResult.ScanRuns();
            }

            safety = await _backups.MakeAsync(BackupReason.Restore);
            await replacement.CopyRowsAsync(Kept, unpacked.Mark, CancellationToken.None);
            unpacked.Publish();
            configuration.Write();
            try
            {
                await replacement.CommitAsync(CancellationToken.None);
            }
            catch
            {
                configuration.TakeBack();
                throw;
            }
        }

        unpacked.Dispose();
        await TellAsync(backup, parts);
        return new RestoreResult.Restored(parts, safety.Name);
    }

    private async Task<bool> IsScanningAsync()
    {
        await using var database = await _databases.CreateDbContextAsync();
        return await database.ScanRuns.AnyAsync(run => run.State == ScanState.Running);
    }

    /// <summary>Those who still act on what was, or show it, hear of it.</summary>
    private async Task TellAsync(Backup backup, IReadOnlyList<string> parts)
    {
        _logger.LogWarning("{Parts} were restored from {Backup}", parts, backup.Name);
        await _queue.ResetAsync();
        _progress.Publish(new DatabaseReplaced());
        await using var database = await _databases.CreateDbContextAsync();
        database.Add(HistoryEvent.Of("backup.restored", ("backup", backup.Name), ("parts", string.Join(", ", parts))));
        await database.SaveChangesAsync();
    }
}
