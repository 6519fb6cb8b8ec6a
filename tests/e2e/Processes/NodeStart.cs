namespace AniWorld.E2E.Processes;

/// <summary>How nodes are started that share a database.</summary>
internal static class NodeStart
{
    /// <param name="role">Of <c>--role</c>.</param>
    /// <param name="connection">To PostgreSQL.</param>
    /// <param name="redis">By what they hear of each other; <see langword="null"/>: by the database.</param>
    /// <param name="arguments">Further ones.</param>
    public static ServerStart Of(string role, string connection, RedisServer? redis = null, params string[] arguments) => new()
    {
        Arguments = ["--role", role, .. ReadyServer.Arguments, .. arguments],
        Environment = new Dictionary<string, string?>
        {
            ["ANIWORLD__DATABASE__PROVIDER"] = "postgresql",
            ["ANIWORLD__DATABASE__CONNECTION_STRING"] = connection,
            ["ANIWORLD__REDIS__CONNECTION_STRING"] = redis?.ConnectionString,
        },
    };
}
