using System.Text;
using System.Text.Json.Nodes;
using AniWorld.Data;
using AniWorld.Data.Configuration;
using AniWorld.Data.PostgreSql;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AniWorld.Services.Configuration;

/// <summary>The configuration as a row on PostgreSQL, the same for all nodes.</summary>
/// <remarks>It is read before the host is built, and before the first migration; hence connections of its own.</remarks>
internal sealed class ConfigRow(DatabasePlace.Server place, DataFolder data, TimeProvider time) : IConfigStore
{
    private readonly PostgreSqlContextFactory _databases = new(PostgreSqlDatabase.Source(Sparing(place)), time);

    public string Name => "The configuration in the database";

    public bool IsShared => true;

    public ConfigFileContent Read() => Row() is { } row
        ? ConfigFile.Parse(row.Document) with { Version = row.Version }
        : new ConfigFileContent.Absent();

    public ConfigFileContent.Document Write(JsonObject document, long version)
    {
        var text = ConfigJson.Text(document);
        using var database = _databases.CreateDbContext();
        var written = version == 0
            ? database.Database.ExecuteSql(
                $"""INSERT INTO "Configurations" ("Id", "Document", "Version") VALUES ({StoredConfiguration.OnlyId}, {text}, 1) ON CONFLICT DO NOTHING""")
            : database.Set<StoredConfiguration>().Where(row => row.Version == version).ExecuteUpdate(
                set => set.SetProperty(row => row.Document, text).SetProperty(row => row.Version, version + 1));
        return written == 1 ? new ConfigFileContent.Document(text) { Version = version + 1 } : throw new ConfigConflictException();
    }

    public string? KeepAside() => Row() is { } row ? ConfigFile.KeepAside(data, Encoding.UTF8.GetBytes(row.Document), time) : null;

    private StoredConfiguration? Row()
    {
        using var database = _databases.CreateDbContext();
        try
        {
            return database.Set<StoredConfiguration>().AsNoTracking().SingleOrDefault();
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // Before the first start, or that of an older version: there is none yet.
            return null;
        }
        catch (InvalidOperationException e) when (e.InnerException is NpgsqlException refusal)
        {
            // So that whoever asks sees what it is, without the wrapping.
            throw refusal;
        }
    }

    private static string Sparing(DatabasePlace.Server place) =>
        new NpgsqlConnectionStringBuilder(place.ConnectionString) { MinPoolSize = 0, MaxPoolSize = 2 }.ToString();
}
