using AniWorld.Services.Auth;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AniWorld.Services.Nodes.Backplane;

internal static class BackplaneRegistration
{
    /// <summary>By what nodes that share a database hear of each other. Alone on SQLite none of it does anything.</summary>
    public static IServiceCollection AddBackplane(this IServiceCollection services)
    {
        services.TryAddSingleton<SigningKey>();
        return services
            .AddSingleton<EventLog>()
            .AddSingleton<NodeInbox>()
            .AddSingleton<RedisLink>()
            .AddSingleton(provider => new RedisState(provider.GetRequiredService<RedisLink>()))
            .AddHostedService(provider => provider.GetRequiredService<RedisLink>())
            .AddHostedService<NodeTeller>()
            .AddHostedService<NodeFollower>();
    }
}
