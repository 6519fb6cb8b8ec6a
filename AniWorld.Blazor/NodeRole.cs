using AniWorld.Data;

namespace AniWorld.Blazor;

/// <summary>Which part of the work a server does, where several share a database.</summary>
internal enum NodeRole
{
    All,

    /// <summary>Serves pages and the API. Downloads nothing, and the clock starts nothing here.</summary>
    Web,

    /// <summary>Downloads, and does what the clock starts. Serves nothing but health and figures.</summary>
    Worker,
}

/// <summary><c>--role</c> or <c>ANIWORLD_ROLE</c>: <c>web</c>, <c>worker</c> or <c>all</c>, the default.</summary>
internal static class NodeRoles
{
    /// <exception cref="StartException">There is no such role, or nobody to share the work with.</exception>
    public static NodeRole Read(IConfiguration commandLineAndEnvironment, DatabasePlace place) =>
        (commandLineAndEnvironment["role"] ?? commandLineAndEnvironment["ANIWORLD_ROLE"])?.ToLowerInvariant() switch
        {
            null or "" or "all" => NodeRole.All,
            "web" or "worker" when place is not DatabasePlace.Server => throw new StartException(
                "A role is for nodes that share a PostgreSQL database; on SQLite one server does everything. Leave --role out, or set database.provider."),
            "web" => NodeRole.Web,
            "worker" => NodeRole.Worker,
            var other => throw new StartException($"There is no role '{other}'; it is web, worker or all."),
        };

    public static bool Serves(this NodeRole role) => role is not NodeRole.Worker;

    public static bool Works(this NodeRole role) => role is not NodeRole.Web;
}
