using System.Data.Common;
using AniWorld.Data;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace AniWorld.NodeBench;

/// <summary>The least that a queue in the same table costs: one statement takes the next, one ends it; no limits, no leases, no order but the index's.</summary>
internal static class BareClaims
{
    private const string End = """UPDATE "Downloads" SET "Status" = 'Completed' WHERE "Id" = @id""";

    public static async Task<int> WorkAsync(DatabasePlace place, CancellationToken over)
    {
        await using DbConnection connection = place is DatabasePlace.Server server
            ? new NpgsqlConnection(server.ConnectionString)
            : new SqliteConnection($"Data Source={((DatabasePlace.File)place).Path};Default Timeout=30");
        await connection.OpenAsync(CancellationToken.None);
        await using var take = connection.CreateCommand();
        take.CommandText = $"""
            UPDATE "Downloads" SET "Status" = 'Resolving' WHERE "Id" = (
                SELECT "Id" FROM "Downloads" WHERE "DeletedAt" IS NULL AND "Status" = 'Pending'
                ORDER BY "Priority" DESC, "Position", "Id" LIMIT 1 {(place is DatabasePlace.Server ? "FOR UPDATE SKIP LOCKED" : "")})
            RETURNING "Id"
            """;
        await using var end = connection.CreateCommand();
        end.CommandText = End;
        var id = end.CreateParameter();
        id.ParameterName = "id";
        end.Parameters.Add(id);
        var taken = 0;
        while (!over.IsCancellationRequested)
        {
            id.Value = await take.ExecuteScalarAsync(CancellationToken.None) ?? throw new InvalidOperationException("Nothing was left to take.");
            await end.ExecuteNonQueryAsync(CancellationToken.None);
            taken++;
        }

        return taken;
    }
}
