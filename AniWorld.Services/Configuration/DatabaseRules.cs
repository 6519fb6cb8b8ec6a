using Npgsql;

namespace AniWorld.Services.Configuration;

/// <summary>Whether the settings under <c>database</c> name a database.</summary>
internal static class DatabaseRules
{
    public static bool IsPostgreSql(DatabaseOptions database) => database.Provider.Equals(DatabaseOptions.PostgreSql, StringComparison.OrdinalIgnoreCase);

    public static IEnumerable<ConfigProblem> Check(DatabaseOptions database)
    {
        if (!IsPostgreSql(database))
        {
            return database.Provider.Equals(DatabaseOptions.Sqlite, StringComparison.OrdinalIgnoreCase)
                ? []
                : [new("database.provider", new Sentence("rule_choice", "sqlite, postgresql"))];
        }

        return Problem(database.ConnectionString) is { } problem ? [new("database.connection_string", problem)] : [];
    }

    /// <returns>Why a server cannot be found by it; <see langword="null"/> when it can.</returns>
    public static string? Problem(string? connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString) is { Host.Length: > 0, Database.Length: > 0 }
                ? null
                : "PostgreSQL needs to know where it is, such as Host=db;Database=aniworld;Username=aniworld;Password=…";
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            return $"This cannot be read: {e.Message}";
        }
    }
}
