using AniWorld.Data;
using AniWorld.Services.Configuration;
using AniWorld.Services.Disk;

namespace AniWorld.Services.Backups;

/// <summary>Unpacks a backup beside the present state and looks whether it can take its place. Touches nothing of the present.</summary>
internal sealed class BackupUnpacking(ConfigChain configuration, IDatabaseCopies copies)
{
    private const long Reserve = 64L << 20;

    /// <param name="archive">Path of the zip.</param>
    /// <param name="parts">Null for all that it holds.</param>
    /// <param name="folder">Where to; private to this call.</param>
    /// <returns>What was unpacked; its database is of today's schema.</returns>
    /// <exception cref="InvalidBackupException">It cannot be used, and why; nothing is left of it.</exception>
    /// <exception cref="Faults.FaultException">The disk is full.</exception>
    public async Task<UnpackedBackup> UnpackAsync(
        string archive, IReadOnlyCollection<string>? parts, string folder, CancellationToken cancellationToken)
    {
        using var packed = BackupArchive.Open(archive);
        var wanted = parts ?? packed.Parts;
        if (wanted.Except(packed.Parts).FirstOrDefault() is { } absent)
        {
            throw new InvalidBackupException(new Sentence("backup_part_absent", absent));
        }

        if (wanted.Contains(BackupPart.Database) && packed.FileNameOf(BackupPart.Database) != copies.FileName)
        {
            throw new InvalidBackupException(
                new Sentence("backup_other_database", packed.FileNameOf(BackupPart.Database), copies.FileName));
        }

        RequireSize(wanted.Sum(packed.SizeOf), folder);
        var unpacked = UnpackedBackup.Create(folder);
        try
        {
            foreach (var part in wanted)
            {
                using var file = OwnersFile.Create(unpacked.PathOf(part));
                packed.CopyTo(part, file);
            }

            await CheckAsync(unpacked, cancellationToken);
            return unpacked;
        }
        catch (UnusableDatabaseException e)
        {
            unpacked.Dispose();
            throw new InvalidBackupException(Sentence.Plain(e.Message), e);
        }
        catch
        {
            unpacked.Dispose();
            throw;
        }
    }

    private void RequireSize(long bytes, string folder)
    {
        if (bytes > configuration.Current.Limits.BackupUnpackedBytes)
        {
            throw new InvalidBackupException(new Sentence("backup_large"));
        }

        DiskFault.RequireSpace(folder, bytes, Reserve);
    }

    private async Task CheckAsync(UnpackedBackup unpacked, CancellationToken cancellationToken)
    {
        if (unpacked.Config is { } text && ConfigFile.Parse(text) is ConfigFileContent.Broken(var reason))
        {
            throw new InvalidBackupException(new Sentence("backup_config_broken", reason));
        }

        if (unpacked.Database is { } database)
        {
            await copies.PrepareAsync(database, cancellationToken);
        }
    }
}
