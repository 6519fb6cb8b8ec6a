using System.Globalization;
using AniWorld.Data.Sqlite;
using AniWorld.Services.Configuration;
using AniWorld.Services.Disk;

namespace AniWorld.Services.Backups;

/// <summary>Puts a backup in the place of a database that cannot be opened, and keeps what stood there. Only while no server uses it.</summary>
public sealed class DatabaseRepair
{
    private readonly DataFolder _data;
    private readonly BackupFolder _folder;
    private readonly BackupUnpacking _unpacking;
    private readonly TimeProvider _time;

    internal DatabaseRepair(DataFolder data, BackupFolder folder, BackupUnpacking unpacking, TimeProvider time)
    {
        _data = data;
        _folder = folder;
        _unpacking = unpacking;
        _time = time;
    }

    /// <summary>Backups with a database, the newest first.</summary>
    public IReadOnlyList<Backup> Offers => [.. _folder.List().Where(backup => backup.Has(BackupPart.Database))];

    /// <returns>The name under which the damaged file is kept.</returns>
    /// <exception cref="InvalidBackupException">It cannot be used; nothing changed.</exception>
    /// <exception cref="IOException">Something could not be written; what stood there still does.</exception>
    public async Task<string> RestoreAsync(Backup backup, CancellationToken cancellationToken = default)
    {
        using var unpacked = await _unpacking.UnpackAsync(_folder.PathOf(backup), [BackupPart.Database], _data.Restore, cancellationToken);
        await RestorableDatabase.EndSessionsAsync(unpacked.Database!, _time, cancellationToken);
        var aside = KeepAside();
        // Not to be taken for the new file's. Should this end here, the copy has them, and the next start asks again.
        File.Delete(_data.Database + "-wal");
        File.Delete(_data.Database + "-shm");
        Durable.FlushFile(unpacked.Database!);
        File.Move(unpacked.Database!, _data.Database, overwrite: true);
        Durable.FlushFolder(_data.Root);
        return aside;
    }

    /// <summary>Copies, so that there is a file under the database's name at every moment: without one, a new and empty one would be made.</summary>
    private string KeepAside()
    {
        var stamp = _time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        var aside = $"{_data.Database}.damaged-{stamp}";
        foreach (var journal in new[] { "", "-wal" }.Where(journal => File.Exists(_data.Database + journal)))
        {
            File.Copy(_data.Database + journal, aside + journal);
            Durable.FlushFile(aside + journal);
        }

        return Path.GetFileName(aside);
    }
}
