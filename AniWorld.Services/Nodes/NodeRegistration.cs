using AniWorld.Data;
using AniWorld.Services.Nodes.Backplane;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace AniWorld.Services.Nodes;

internal static class NodeRegistration
{
    /// <summary>What a node needs to share a database with others.</summary>
    public static IServiceCollection AddNode(this IServiceCollection services)
    {
        services.TryAddSingleton<LeaseClock>(provider => provider.GetRequiredService<DatabasePlace>() is DatabasePlace.Server
            ? new ServerLeaseClock(provider.GetRequiredService<TimeProvider>())
            : new LeaseClock(provider.GetRequiredService<TimeProvider>()));
        return services.AddBackplane().AddNodeTurns().AddSingleton<WorkerNodes>().AddSingleton<ThisNode>().AddSingleton<NodeShare>();
    }

    /// <summary>For those who take turns with other nodes.</summary>
    public static IServiceCollection AddNodeTurns(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => new NodeTurns(provider.GetService<NpgsqlDataSource>()));
        return services;
    }
}
