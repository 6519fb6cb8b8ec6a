using System.Data.Common;
using System.Runtime.CompilerServices;
using AniWorld.Data;
using AniWorld.Data.Auth;
using AniWorld.Data.Sqlite;
using AniWorld.Services.Configuration;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Diagnosis;

/// <summary>The database: whether it is sound and of this version, and whether AniWorld is set up in it.</summary>
internal sealed class DatabaseCheck(DataFolder data, IDbContextFactory<AniWorldDbContext> databases)
{
    private const string Subject = "database";

    public async IAsyncEnumerable<Finding> ExamineAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Opening it would make it.
        if (!File.Exists(data.Database))
        {
            yield return Finding.Ok(Subject, $"{data.Database} is not there yet; the first start makes it.");
            yield break;
        }

        var found = await LookAsync(cancellationToken);
        foreach (var finding in found)
        {
            yield return finding;
        }
    }

    private async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await SqliteFileCheck.FindDamageAsync(data.Database, cancellationToken, thorough: true) is { } damage)
            {
                return
                [
                    Finding.Error(
                        Subject, $"{data.Database} is damaged ({damage}). Stop AniWorld and put a copy from {data.Backups} or of your own in its place."),
                ];
            }

            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            var applied = await database.Database.GetAppliedMigrationsAsync(cancellationToken);
            if (applied.Except(database.Database.GetMigrations()).LastOrDefault() is { } unknown)
            {
                return [Finding.Error(Subject, $"{data.Database} is from a newer AniWorld (it has {unknown}); install that version again.")];
            }

            if ((await database.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            {
                return [Finding.Ok(Subject, $"{data.Database} is sound, and of an older version; the next start brings it up to date.")];
            }

            return [Finding.Ok(Subject, $"{data.Database} is sound."), await PasswordAsync(database, cancellationToken)];
        }
        catch (DbException e)
        {
            return [Finding.Error(Subject, $"{data.Database} cannot be read: {e.Message}")];
        }
    }

    private static async Task<Finding> PasswordAsync(AniWorldDbContext database, CancellationToken cancellationToken) =>
        await database.Credentials.AnyAsync(credential => credential.Name == Credential.Master, cancellationToken)
            ? Finding.Ok("log-in", "A master password is set.")
            : Finding.Warning("log-in", "No master password is set: open the set-up page, or run 'aniworld password'.");
}
