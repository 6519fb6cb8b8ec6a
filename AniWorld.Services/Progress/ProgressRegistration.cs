using AniWorld.Services.Auth;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AniWorld.Services.Progress;

public static class ProgressRegistration
{
    /// <summary>The hub, the callbacks that feed it and the sockets that listen to it.</summary>
    public static IServiceCollection AddProgress(this IServiceCollection services)
    {
        services.TryAddSingleton(new WebSocketLimits());
        services.TryAddSingleton<Revocations>();
        services.AddSingleton<CallbackManager>();
        services.AddSingleton<ProgressService>();
        services.AddSingleton<WebSocketService>();
        return services;
    }
}
