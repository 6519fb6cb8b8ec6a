using AniWorld.Services.Configuration;
using AniWorld.Services.Disk;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Backups;

/// <summary>What became of a backup that was taken in.</summary>
public abstract record UploadResult
{
    public sealed record Added(Backup Backup) : UploadResult;

    /// <summary>It is not kept.</summary>
    /// <param name="Reason">A sentence.</param>
    public sealed record Invalid(string Reason) : UploadResult;
}

/// <summary>Backups of configuration and database: made, taken in, handed out, deleted. Putting one in force is <see cref="RestoreService"/>'s.</summary>
/// <remarks>Keys are in none of them: a backup lets nobody in.</remarks>
public sealed class BackupService : IDisposable
{
    private readonly DataFolder _data;
    private readonly BackupFolder _folder;
    private readonly BackupUnpacking _unpacking;
    private readonly IDatabaseCopies _copies;
    private readonly ConfigChain _configuration;
    private readonly TimeProvider _time;
    private readonly ILogger<BackupService> _logger;
    private readonly SemaphoreSlim _one = new(1);

    internal BackupService(
        DataFolder data, BackupFolder folder, BackupUnpacking unpacking, IDatabaseCopies copies, ConfigChain configuration, TimeProvider time,
        ILogger<BackupService> logger)
    {
        _data = data;
        _folder = folder;
        _unpacking = unpacking;
        _copies = copies;
        _configuration = configuration;
        _time = time;
        _logger = logger;
    }

    public void Dispose() => _one.Dispose();

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Backup> List() => _folder.List();

    /// <summary>Backs configuration and database up as they are now, while everything goes on.</summary>
    /// <param name="reason">Of <see cref="BackupReason"/>.</param>
    /// <exception cref="IOException">It could not be written; nothing is left of it.</exception>
    /// <exception cref="Faults.FaultException"><c>tool_missing</c>, <c>tool_failed</c>: it is <c>pg_dump</c>'s work, and that did not do it.</exception>
    public Task<Backup> MakeAsync(string reason = BackupReason.Manual, CancellationToken cancellationToken = default) =>
        AloneAsync(() => PackAsync(reason), cancellationToken);

    /// <summary>Takes a zip in that was made here or elsewhere, when it can be restored.</summary>
    /// <remarks>The stream goes to disk as it comes; how long it may be is the caller's affair.</remarks>
    /// <exception cref="IOException">It could not be written; nothing is left of it.</exception>
    public async Task<UploadResult> AddAsync(Stream zip, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(_data.Backups);
        var unfinished = Path.Combine(_data.Backups, $"upload-{Guid.NewGuid():N}.tmp");
        try
        {
            await using (var file = OwnersFile.Create(unfinished))
            {
                await zip.CopyToAsync(file, cancellationToken);
                await file.FlushAsync(cancellationToken);
                Durable.FlushFile(file.SafeFileHandle, unfinished);
            }

            // Looked at as a restore would, so that what is listed can be restored.
            (await Task.Run(() => _unpacking.UnpackAsync(unfinished, parts: null, unfinished + ".d.tmp", cancellationToken), cancellationToken)).Dispose();
            return new UploadResult.Added(await AloneAsync(() => Task.FromResult(Keep(unfinished)), cancellationToken));
        }
        catch (InvalidBackupException e)
        {
            return new UploadResult.Invalid(e.Message);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>A backup as a zip, to be read and disposed of; null when there is none of that name.</summary>
    public (Stream Content, string FileName)? Open(string name)
    {
        if (_folder.Find(name) is not { } backup)
        {
            return null;
        }

        return BackupFolder.IsPlain(backup)
            ? (Packed(backup), Path.ChangeExtension(backup.Name, ".zip"))
            : (new FileStream(_folder.PathOf(backup), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete), backup.Name);
    }

    /// <summary>Whether there was one of that name.</summary>
    public bool Delete(string name)
    {
        var deleted = _folder.Delete(name);
        if (deleted)
        {
            _logger.LogInformation("The backup {Backup} was deleted", name);
        }

        return deleted;
    }

    private async Task<Backup> PackAsync(string reason)
    {
        var path = _folder.NewArchivePath(reason);
        var snapshot = path + ".db.tmp";
        var config = path + ".json.tmp";
        try
        {
            // There before SQLite and others write into them, so that they are their owner's alone from the first byte on.
            OwnersFile.Create(snapshot).Dispose();
            var lastMigration = await _copies.MakeAsync(snapshot, CancellationToken.None);
            AtomicFile.Write(config, System.Text.Encoding.UTF8.GetBytes(_configuration.Text));
            BackupWriting.Write(path, reason, lastMigration, _time.GetUtcNow(), new Dictionary<string, (string, string)>
            {
                [BackupPart.Config] = (config, BackupWriting.ConfigFile),
                [BackupPart.Database] = (snapshot, _copies.FileName),
            });
        }
        finally
        {
            File.Delete(snapshot);
            File.Delete(config);
        }

        return Kept(path);
    }

    private Backup Keep(string unfinished)
    {
        var path = _folder.NewArchivePath(BackupReason.Upload);
        NewName.Give(unfinished, path);
        Durable.FlushFolder(_data.Backups);
        return Kept(path);
    }

    private Backup Kept(string path)
    {
        var backup = _folder.Find(Path.GetFileName(path))!;
        _folder.Prune(_configuration.Current.Backup);
        _logger.LogInformation("The backup {Backup} was made ({Reason})", backup.Name, backup.Reason);
        return backup;
    }

    private MemoryStream Packed(Backup backup)
    {
        var zip = new MemoryStream();
        BackupWriting.Pack(zip, backup.Reason, lastMigration: null, backup.CreatedAt, new Dictionary<string, (string, string)>
        {
            [BackupPart.Config] = (_folder.PathOf(backup), BackupWriting.ConfigFile),
        });
        zip.Position = 0;
        return zip;
    }

    /// <summary>Off the caller's thread, which may be a page's: SQLite and zip files know no waiting.</summary>
    private async Task<T> AloneAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(work, CancellationToken.None);
        }
        finally
        {
            _one.Release();
        }
    }
}
