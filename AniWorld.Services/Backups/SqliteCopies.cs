using AniWorld.Data;
using AniWorld.Data.Sqlite;

namespace AniWorld.Services.Backups;

/// <summary>On SQLite a copy is a database itself (<c>VACUUM INTO</c>).</summary>
internal sealed class SqliteCopies(string database, TimeProvider time) : IDatabaseCopies
{
    public const string File = "aniworld.db";

    public string FileName => File;

    public Task<string?> MakeAsync(string target, CancellationToken cancellationToken)
    {
        SqliteSnapshot.Make(database, target);
        return Task.FromResult(SqliteSnapshot.LastMigration(target));
    }

    public Task PrepareAsync(string copy, CancellationToken cancellationToken) => RestorableDatabase.PrepareAsync(copy, time, cancellationToken);

    public Task<IDatabaseReplacement> BeginAsync(string copy, CancellationToken cancellationToken) =>
        Task.FromResult<IDatabaseReplacement>(new Replacement(SqliteReplacement.Begin(database, copy)));

    public Task<int> MarkAsync(CancellationToken cancellationToken) => Task.FromResult(SqliteReplacement.MarkOf(database));

    /// <summary>SQLite knows no waiting: all of it is done when it returns.</summary>
    private sealed class Replacement(SqliteReplacement replacement) : IDatabaseReplacement
    {
        public Task CopyRowsAsync(IReadOnlySet<string> kept, int mark, CancellationToken cancellationToken)
        {
            replacement.CopyRows(kept, mark);
            return Task.CompletedTask;
        }

        public Task CommitAsync(CancellationToken cancellationToken)
        {
            replacement.Commit();
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            replacement.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
