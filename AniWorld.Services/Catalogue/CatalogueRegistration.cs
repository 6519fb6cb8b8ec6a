using AniWorld.Services.Catalogue.SiteProfiles;
using AniWorld.Services.Catalogue.YtDlp;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads;
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
        services.TryAddSingleton<MediaTools>();
        services.TryAddSingleton<YtDlpTool>();
        services.TryAddSingleton<YtDlpLinks>();
        services.AddSingleton<ISeriesProvider, YtDlpProvider>();
        services.TryAddSingleton<ProfileProviders>();
        services.TryAddSingleton(provider => provider.GetRequiredService<ProfileProviders>().CreateRegistry());
        services.TryAddSingleton(provider => new ProfileTester(
            provider.GetRequiredService<SiteProfileFiles>(),
            provider.GetRequiredService<PageFetcher>(),
            provider.GetRequiredService<PageParser>(),
            provider.GetRequiredService<IOptionsMonitor<AniWorldOptions>>()));
        services.TryAddSingleton<CoverService>();
        services.TryAddSingleton<SourceHealthService>();
        services.AddHostedService(provider => provider.GetRequiredService<SourceHealthService>());
        return services;
    }

    /// <summary>Lets changes in <c>data/providers/</c> take effect while the server runs. Needs the progress feature.</summary>
    public static IServiceCollection AddProfileWatch(this IServiceCollection services) => services.AddHostedService<ProfileWatch>();
}
