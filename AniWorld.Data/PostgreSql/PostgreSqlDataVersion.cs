using Npgsql;

namespace AniWorld.Data.PostgreSql;

/// <summary>Goes by the server's snapshot: which transactions it shows. As long as that is the same, so is all that can be read.</summary>
/// <remarks>Other databases of the same server change it, too, which costs a look more and nothing else.</remarks>
public sealed class PostgreSqlDataVersion(NpgsqlDataSource source) : DataVersion
{
    public override DataStamp Read()
    {
        using var command = source.CreateCommand("SELECT pg_current_snapshot()::text");
        return new DataStamp(0, (string)command.ExecuteScalar()!);
    }
}
