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
            throw new InvalidBackupException($"This backup holds no {absent}.");
        }

        if (wanted.Contains(BackupPart.Database) && packed.FileNameOf(BackupPart.Database) != copies.FileName)
        {
            throw new InvalidBackupException(
                $"Its database is {packed.FileNameOf(BackupPart.Database)}, which is of another kind than the one that is used here ({copies.FileName}).");
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
            throw new InvalidBackupException(e.Message, e);
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
            throw new InvalidBackupException("It is larger than limits.backup_unpacked_bytes allows.");
        }

        DiskFault.RequireSpace(folder, bytes, Reserve);
    }

    private async Task CheckAsync(UnpackedBackup unpacked, CancellationToken cancellationToken)
    {
        if (unpacked.Config is { } text && ConfigFile.Parse(text) is ConfigFileContent.Broken(var reason))
        {
            throw new InvalidBackupException($"Its config.json cannot be used: {reason}.");
        }

        if (unpacked.Database is { } database)
        {
            await copies.PrepareAsync(database, cancellationToken);
        }
    }
}
