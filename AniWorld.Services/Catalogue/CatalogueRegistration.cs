using AniWorld.Services.Catalogue.SiteProfiles;
using AniWorld.Services.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Catalogue;

public static class CatalogueRegistration
{
    /// <summary>The catalogues: <see cref="ProviderRegistry"/>, <see cref="CoverService"/> and <see cref="SourceHealthService"/>.</summary>
    /// <remarks>A provider that is no profile is registered as <see cref="ISeriesProvider"/>. Needs the outbound feature.</remarks>
    public static IServiceCollection AddCatalogue(this IServiceCollection services)
    {
        services.TryAddSingleton<SiteBudget>();
        services.TryAddSingleton<SiteHealth>();
        services.AddHostedService(provider => provider.GetRequiredService<SiteHealth>());
        services.TryAddSingleton<PageStore>();
        services.TryAddSingleton<PageFetcher>();
        services.TryAddSingleton<PageParser>();
        services.TryAddSingleton<SiteProfileFiles>();
        services.TryAddSingleton(CreateRegistry);
        services.TryAddSingleton<CoverService>();
        services.TryAddSingleton<SourceHealthService>();
        services.AddHostedService(provider => provider.GetRequiredService<SourceHealthService>());
        return services;
    }

    private static ProviderRegistry CreateRegistry(IServiceProvider services)
    {
        var profiles = services.GetRequiredService<SiteProfileFiles>().Load();
        return new ProviderRegistry(
            [
                .. profiles.Profiles.Select(profile => ActivatorUtilities.CreateInstance<SiteProfileProvider>(services, profile)),
                .. services.GetServices<ISeriesProvider>(),
            ],
            profiles.Broken,
            services.GetRequiredService<IOptionsMonitor<AniWorldOptions>>());
    }
}
