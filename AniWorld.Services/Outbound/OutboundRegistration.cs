using System.Net;
using System.Text;
using AniWorld.Services.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Outbound;

public static class OutboundRegistration
{
    private const int HeaderKib = 64;

    /// <summary>The way out: <see cref="OutboundClient"/> and <see cref="BoundedContent"/>.</summary>
    /// <param name="allowPrivate">Whether it may lead into any private network, whatever <c>network.allow_private_hosts</c> says.</param>
    public static IServiceCollection AddOutbound(this IServiceCollection services, bool allowPrivate = false)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Random.Shared);
        services.TryAddSingleton<ResolveHost>(Dns.GetHostAddressesAsync);
        services.TryAddSingleton(provider => new AddressGate(
            provider.GetRequiredService<IOptionsMonitor<AniWorldOptions>>(), provider.GetRequiredService<ResolveHost>(), allowPrivate));
        services.TryAddSingleton<BoundedContent>();
        services.TryAddSingleton(provider => new OutboundClient(
            provider.GetRequiredService<IHttpClientFactory>(),
            provider.GetRequiredService<AddressGate>(),
            provider.GetRequiredService<IOptionsMonitor<AniWorldOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddHttpClient(nameof(OutboundClient), Configure)
            .ConfigurePrimaryHttpMessageHandler(CreateHandler)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // Its log lines would hold whole addresses, and with them the tokens of signed links.
            .RemoveAllLoggers();
        services.TryAddSingleton(provider => new OwnedTargetClient(
            provider.GetRequiredService<IHttpClientFactory>(),
            provider.GetRequiredService<BoundedContent>(),
            provider.GetRequiredService<IOptionsMonitor<AniWorldOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddHttpClient(nameof(OwnedTargetClient), Configure)
            .ConfigurePrimaryHttpMessageHandler(CreateOwnHandler)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        return services;
    }

    private static void Configure(HttpClient client)
    {
        // Ends with the headers only, so it would promise more than it keeps; OutboundClient and StallWatch have their own.
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.DefaultRequestHeaders.UserAgent.ParseAdd($"Mozilla/5.0 (compatible; AniWorld/{typeof(OutboundRegistration).Assembly.GetName().Version?.ToString(3)})");
    }

    /// <summary>The same with no address barred, for the owner's own.</summary>
    private static SocketsHttpHandler CreateOwnHandler(IServiceProvider provider)
    {
        var handler = CreateHandler(provider);
        var options = provider.GetRequiredService<IOptionsMonitor<AniWorldOptions>>();
        handler.ConnectCallback = new AddressGate(options, provider.GetRequiredService<ResolveHost>(), allowPrivate: true).ConnectAsync;
        handler.Proxy = new HomeProxy(handler.Proxy!);
        return handler;
    }

    private static SocketsHttpHandler CreateHandler(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptionsMonitor<AniWorldOptions>>();
        return new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseProxy = true,
            Proxy = new ConfiguredProxy(options),
            ConnectTimeout = TimeSpan.FromSeconds(options.CurrentValue.Limits.ConnectSeconds),
            ConnectCallback = provider.GetRequiredService<AddressGate>().ConnectAsync,
            MaxResponseHeadersLength = HeaderKib,
            MaxResponseDrainSize = HeaderKib << 10,
            // A connection outlives a changed look-up or permission by so much at most.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ResponseHeaderEncodingSelector = (name, _) => name == "Location" ? Encoding.UTF8 : null,
            // No trace ids for others.
            ActivityHeadersPropagator = null,
        };
    }
}
