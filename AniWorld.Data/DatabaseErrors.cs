using Microsoft.Data.Sqlite;

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
    public static bool IsUniqueViolation(this Exception exception) => Sqlite(exception) is
    {
        SqliteExtendedErrorCode: SqliteConstraintUnique or SqliteConstraintPrimaryKey,
    };

    /// <summary>Another process held the write lock longer than the busy time-out; trying later can help.</summary>
    public static bool IsBusy(Exception exception) => Sqlite(exception) is { SqliteErrorCode: SqliteBusy or SqliteLocked };

    /// <summary>The disk that holds the database is full.</summary>
    public static bool IsFull(Exception exception) => Sqlite(exception) is { SqliteErrorCode: SqliteFull };

    /// <summary>The file is no database, or its pages do not fit together.</summary>
    public static bool IsDamaged(Exception exception) => Sqlite(exception) is { SqliteErrorCode: SqliteCorrupt or SqliteNotADatabase };

    private static SqliteException? Sqlite(Exception? exception)
    {
        while (exception is not null and not SqliteException)
        {
            exception = exception.InnerException;
        }

        return exception as SqliteException;
    }
}
