using System.Text;
using AniWorld.Data;
using AniWorld.Data.Sqlite;
using AniWorld.Services.Configuration;
using AniWorld.Services.Disk;
using Microsoft.Data.Sqlite;

namespace AniWorld.Services.Backups;

/// <summary>At start, before configuration and database are opened: brings a restore to its end that a killed process had begun.</summary>
public static class RestoreFinish
{
    /// <param name="place">Where the database is; <see langword="null"/> for the data folder.</param>
    /// <exception cref="IOException">It cannot be finished for now, such as on a full disk; the next start tries again.</exception>
    public static void Run(DataFolder data, DatabasePlace? place = null)
    {
        new BackupFolder(data, TimeProvider.System).Tidy();
        if (UnpackedBackup.Published(data.Restore) is { } unpacked)
        {
            PutInForce(unpacked, data, place);
            if (unpacked.Database is not null && place is DatabasePlace.Server)
            {
                return;
            }
        }

        // Done, or never promised.
        UnpackedBackup.Remove(data.Restore);
    }

    /// <summary>The same for the rows on a server, once it can be asked.</summary>
    /// <param name="configure">Puts the text of a <c>config.json</c> in force.</param>
    internal static async Task RunAsync(DataFolder data, IDatabaseCopies copies, Func<string, Task> configure, CancellationToken cancellationToken)
    {
        if (UnpackedBackup.Published(data.Restore) is { Database: { } database } unpacked
            && await copies.MarkAsync(cancellationToken) != unpacked.Mark)
        {
            if (unpacked.Config is { } config)
            {
                await configure(config);
            }

            await using var replacement = await copies.BeginAsync(database, cancellationToken);
            await replacement.CopyRowsAsync(RestoreService.Kept, unpacked.Mark, cancellationToken);
            await replacement.CommitAsync(cancellationToken);
        }

        UnpackedBackup.Remove(data.Restore);
    }

    private static void PutInForce(UnpackedBackup unpacked, DataFolder data, DatabasePlace? place)
    {
        if (place is DatabasePlace.Server)
        {
            return;
        }

        if (unpacked.Config is { } config)
        {
            AtomicFile.Write(data.ConfigFile, Encoding.UTF8.GetBytes(config));
        }

        if (unpacked.Database is { } database)
        {
            Replace(data.Database, database, unpacked.Mark);
        }
    }

    private static void Replace(string database, string source, int mark)
    {
        try
        {
            if (SqliteReplacement.MarkOf(database) == mark)
            {
                return;
            }

            using var replacement = SqliteReplacement.Begin(database, source);
            replacement.CopyRows(RestoreService.Kept, mark);
            replacement.Commit();
        }
        catch (SqliteException e) when (DatabaseErrors.IsDamaged(e))
        {
            // The start sees that next, and asks what to put in its place.
        }
        catch (SqliteException e)
        {
            throw new IOException($"A restore that was under way could not be finished: {e.Message}", e);
        }
    }
}
