using StackExchange.Redis;

namespace AniWorld.Services.Configuration;

/// <summary>Whether the settings under <c>redis</c> name a server, and there is something for it to do.</summary>
internal static class RedisRules
{
    private const string Path = "redis.connection_string";

    public static IEnumerable<ConfigProblem> Check(AniWorldOptions options)
    {
        if (!options.Redis.NamesServer())
        {
            return [];
        }

        return DatabaseRules.IsPostgreSql(options.Database)
            ? Problem(options.Redis.ConnectionString!) is { } problem ? [new(Path, problem)] : []
            : [new(Path, "Redis is for nodes that share a PostgreSQL database; leave it out, or set database.provider.")];
    }

    private static string? Problem(string connectionString)
    {
        try
        {
            return ConfigurationOptions.Parse(connectionString).EndPoints.Count > 0
                ? null
                : "Redis needs to be found, such as redis:6379,password=…";
        }
        catch (ArgumentException e)
        {
            return $"This cannot be read: {e.Message}";
        }
    }
}
