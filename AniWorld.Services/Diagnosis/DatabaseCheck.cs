using System.Data.Common;
using System.Runtime.CompilerServices;
using AniWorld.Data;
using AniWorld.Data.Auth;
using AniWorld.Data.Sqlite;
using AniWorld.Services.Configuration;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Diagnosis;

/// <summary>The database: whether it is sound and of this version, and whether AniWorld is set up in it.</summary>
internal sealed class DatabaseCheck(DataFolder data, DatabasePlace place, IDbContextFactory<AniWorldDbContext> databases)
{
    private const string Subject = "database";

    public async IAsyncEnumerable<Finding> ExamineAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Opening it would make it.
        if (!place.IsThere)
        {
            yield return Finding.Ok(Subject, $"{data.Database} is not there yet; the first start makes it.");
            yield break;
        }

        var found = place is DatabasePlace.Server ? await LookAtServerAsync(cancellationToken) : await LookAsync(cancellationToken);
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

            return await LookInsideAsync(data.Database, cancellationToken);
        }
        catch (DbException e)
        {
            return [Finding.Error(Subject, $"{data.Database} cannot be read: {e.Message}")];
        }
    }

    private async Task<IReadOnlyList<Finding>> LookAtServerAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await LookInsideAsync($"{place}", cancellationToken);
        }
        catch (Exception e) when (DatabaseErrors.IsBusy(e) || e is DbException)
        {
            return [Finding.Error(Subject, $"{place} cannot be reached: {e.GetBaseException().Message} Look at the server and at database.connection_string.")];
        }
    }

    /// <param name="name">Of the database.</param>
    private async Task<IReadOnlyList<Finding>> LookInsideAsync(string name, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var applied = await database.Database.GetAppliedMigrationsAsync(cancellationToken);
        if (applied.Except(database.Database.GetMigrations()).LastOrDefault() is { } unknown)
        {
            return [Finding.Error(Subject, $"{name} is from a newer AniWorld (it has {unknown}); install that version again.")];
        }

        if ((await database.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            return [Finding.Ok(Subject, $"{name} is sound, and of an older version; the next start brings it up to date.")];
        }

        return [Finding.Ok(Subject, $"{name} is sound."), await PasswordAsync(database, cancellationToken)];
    }

    private static async Task<Finding> PasswordAsync(AniWorldDbContext database, CancellationToken cancellationToken) =>
        await database.Credentials.AnyAsync(credential => credential.Name == Credential.Master, cancellationToken)
            ? Finding.Ok("log-in", "A master password is set.")
            : Finding.Warning("log-in", "No master password is set: open the set-up page, or run 'aniworld password'.");
}
