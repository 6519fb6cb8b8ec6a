using AniWorld.Data;
using AniWorld.Data.PostgreSql;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace AniWorld.Services.Downloads;

/// <summary>What one may do to the queue at a time, over all nodes. On SQLite nobody writes at the same time anyway.</summary>
internal enum QueueLock : long
{
    /// <summary>Any numbers that nobody else locks by.</summary>
    Claiming = 0x416E69576F726C64,

    /// <summary>Two who add the same episodes in another order would wait for each other for ever.</summary>
    Adding,
}

internal static class QueueLocks
{
    /// <returns>Holds the lock until its end; <see langword="null"/> on SQLite.</returns>
    public static async Task<IDbContextTransaction?> LockAsync(this AniWorldDbContext database, QueueLock what, CancellationToken cancellationToken)
    {
        if (database is not PostgreSqlContext)
        {
            return null;
        }

        var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        // Whoever is frozen while it has the lock holds all nodes up until then.
        await database.Database.ExecuteSqlRawAsync("SET LOCAL idle_in_transaction_session_timeout = '5s'", cancellationToken);
        await database.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({(long)what})", cancellationToken);
        return transaction;
    }
}
