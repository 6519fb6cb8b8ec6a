using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AniWorld.Data.Sqlite;

/// <summary>
/// Sets what SQLite keeps per connection. <c>synchronous=FULL</c>: what was acknowledged survives a power cut, also in WAL mode.
/// </summary>
/// <param name="busy">How long to wait while another process writes.</param>
internal sealed class SqliteConnectionPragmas(TimeSpan busy) : DbConnectionInterceptor
{
    private readonly string _pragmas =
        FormattableString.Invariant($"PRAGMA foreign_keys=ON; PRAGMA busy_timeout={busy.TotalMilliseconds:0}; PRAGMA synchronous=FULL;");

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = _pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = _pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
