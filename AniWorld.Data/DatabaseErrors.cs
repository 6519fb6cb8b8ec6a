using Microsoft.Data.Sqlite;
using Npgsql;

namespace AniWorld.Data;

/// <summary>What a database's refusal means, whichever database it is.</summary>
public static class DatabaseErrors
{
    // https://www.sqlite.org/rescode.html
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteCorrupt = 11;
    private const int SqliteFull = 13;
    private const int SqliteNotADatabase = 26;
    private const int SqliteConstraintPrimaryKey = 1555;
    private const int SqliteConstraintUnique = 2067;

    /// <summary>A unique index refused the row: somebody else was first.</summary>
    public static bool IsUniqueViolation(this Exception exception) => Refusal(exception) is
        SqliteException { SqliteExtendedErrorCode: SqliteConstraintUnique or SqliteConstraintPrimaryKey }
        or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    /// <summary>
    /// Another process held the write lock longer than the busy time-out, or the server is not there just now; trying later can help.
    /// </summary>
    public static bool IsBusy(Exception exception) => Refusal(exception) switch
    {
        SqliteException { SqliteErrorCode: SqliteBusy or SqliteLocked } => true,
        PostgresException refusal => refusal.IsTransient && refusal.SqlState != PostgresErrorCodes.DiskFull,
        // Not a word from the server: it cannot be reached, or the connection broke.
        NpgsqlException => true,
        _ => false,
    };

    /// <summary>The disk that holds the database is full.</summary>
    public static bool IsFull(Exception exception) => Refusal(exception) is
        SqliteException { SqliteErrorCode: SqliteFull } or PostgresException { SqlState: PostgresErrorCodes.DiskFull };

    /// <summary>The file is no database, or its pages do not fit together.</summary>
    public static bool IsDamaged(Exception exception) =>
        Refusal(exception) is SqliteException { SqliteErrorCode: SqliteCorrupt or SqliteNotADatabase };

    private static Exception? Refusal(Exception? exception)
    {
        while (exception is not null and not SqliteException and not NpgsqlException)
        {
            exception = exception.InnerException;
        }

        return exception;
    }
}
