using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AniWorld.Services.Streaming;

public static class StreamingRegistration
{
    /// <summary>From hoster links to streams, <see cref="StreamResolverChain"/>, and <see cref="HosterHealth"/>. Needs the outbound and catalogue features.</summary>
    public static IServiceCollection AddStreaming(this IServiceCollection services)
    {
        services.TryAddSingleton<HosterClient>();
        // In this order they are tried.
        services.AddSingleton<IStreamResolver, MediaAnswerResolver>();
        services.AddSingleton<IStreamResolver, EmbedPageResolver>();
        services.AddSingleton<IStreamResolver, YtDlpResolver>();
        services.TryAddSingleton(provider => new StreamResolverChain(
            provider.GetRequiredService<HosterClient>(),
            provider.GetServices<IStreamResolver>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<HosterHealth>();
        return services;
    }
}
