using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Outbound;
using AniWorld.Services.Streaming;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Downloads;

public static class MediaFetchRegistration
{
    /// <summary><see cref="MediaFetch"/> with all that it needs; nothing else has to be there.</summary>
    /// <param name="allowPrivate">Whether addresses may lead into private networks.</param>
    public static IServiceCollection AddMediaFetch(this IServiceCollection services, AniWorldOptions options, bool allowPrivate) => services
        .AddSingleton<IOptionsMonitor<AniWorldOptions>>(new FixedOptions(options))
        .AddOutbound(allowPrivate)
        .AddEngine()
        .AddSingleton<HosterClient>()
        .AddSingleton<MediaLink>()
        .AddSingleton<MediaTools>()
        .AddSingleton(provider => new MediaFetch(
            provider.GetRequiredService<MediaLink>(),
            provider.GetRequiredService<IMediaDownloader>(),
            provider.GetRequiredService<MediaTools>(),
            provider.GetRequiredService<TransferLimits>(),
            provider.GetRequiredService<IOptionsMonitor<AniWorldOptions>>(),
            provider.GetRequiredService<TimeProvider>()));

    /// <summary>Of a command that is over before a setting changes.</summary>
    private sealed class FixedOptions(AniWorldOptions options) : IOptionsMonitor<AniWorldOptions>
    {
        public AniWorldOptions CurrentValue => options;

        public AniWorldOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<AniWorldOptions, string?> listener) => null;
    }
}
