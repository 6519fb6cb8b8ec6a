using AniWorld.Data;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Progress;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Library;

public static class SeriesRegistration
{
    /// <summary>The series of the library and its scans. Needs library, catalogue, downloads and progress.</summary>
    public static IServiceCollection AddSeries(this IServiceCollection services) => services
        .AddSingleton<SeriesList>()
        .AddSingleton<SeriesReader>()
        .AddSingleton<ExpectedEpisodes>()
        .AddSingleton<SeriesFolders>()
        .AddSingleton<FileRemoval>()
        .AddSingleton<CatalogueStore>()
        .AddSingleton<ScanStore>()
        .AddSingleton<SeriesRefresh>()
        .AddSingleton<SiteProbe>()
        .AddSingleton(provider => new CatalogueRefresh(
            provider.GetRequiredService<SeriesRefresh>(),
            provider.GetRequiredService<SiteProbe>(),
            provider.GetRequiredService<SiteBudget>(),
            provider.GetRequiredService<ProviderRegistry>(),
            provider.GetRequiredService<ProgressService>(),
            provider.GetRequiredService<IDbContextFactory<AniWorldDbContext>>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<LibraryScan>()
        .AddSingleton<AutoDownload>()
        .AddSingleton(provider => new AnimeService(
            provider.GetRequiredService<SeriesReader>(),
            provider.GetRequiredService<SeriesApp>(),
            provider.GetRequiredService<ProviderRegistry>(),
            provider.GetRequiredService<CoverService>(),
            provider.GetRequiredService<CatalogueStore>(),
            provider.GetRequiredService<SeriesFolders>(),
            provider.GetRequiredService<FileRemoval>(),
            provider.GetRequiredService<ProgressService>(),
            provider.GetRequiredService<IDbContextFactory<AniWorldDbContext>>(),
            provider.GetRequiredService<ILogger<AnimeService>>()))
        .AddSingleton(provider => new ScanService(
            provider.GetRequiredService<LibraryScan>(),
            provider.GetRequiredService<AutoDownload>(),
            provider.GetRequiredService<SeriesReader>(),
            provider.GetRequiredService<ProgressService>(),
            provider.GetRequiredService<IDbContextFactory<AniWorldDbContext>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ScanService>>()))
        .AddHostedService(provider => provider.GetRequiredService<ScanService>());
}
