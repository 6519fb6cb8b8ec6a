using AniWorld.Data;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads;
using AniWorld.Services.Nodes;
using AniWorld.Services.Policy;
using AniWorld.Services.Progress;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Library;

public static class SeriesRegistration
{
    /// <summary>The series of the library and its scans. Needs library, catalogue, downloads and progress.</summary>
    public static IServiceCollection AddSeries(this IServiceCollection services) => services
        .AddSingleton<SeriesList>()
        .AddSingleton<SeriesSummaries>()
        .AddSingleton<SeriesReader>()
        .AddSingleton<ExpectedEpisodes>()
        .AddSingleton<EpisodeCalendar>()
        .AddSingleton<SeriesFolders>()
        .AddSingleton<FileRemoval>()
        .AddSingleton<FileLanguages>()
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
        .AddSingleton<DecisionReview>()
        .AddSingleton(provider => new GapFill(
            provider.GetRequiredService<DecisionReview>(),
            provider.GetRequiredService<DownloadService>(),
            provider.GetRequiredService<IOptionsMonitor<AniWorldOptions>>(),
            provider.GetRequiredService<ILogger<GapFill>>()))
        .AddSingleton<MissingList>()
        .AddSingleton(provider => new MissingService(
            provider.GetRequiredService<MissingList>(),
            provider.GetRequiredService<SeriesReader>(),
            provider.GetRequiredService<AnimeService>(),
            provider.GetRequiredService<DownloadService>()))
        .AddSingleton<SidecarRestore>()
        .AddSingleton<LibraryWalk>()
        .AddSingleton<LibraryScan>()
        .AddSingleton<FileCheck>()
        .AddSingleton<FileRefetch>()
        .AddSingleton<FileRenames>()
        .AddSingleton(provider => new BulkRename(
            provider.GetRequiredService<FileRenames>(),
            provider.GetRequiredService<ScanService>(),
            provider.GetRequiredService<LibraryAccess>(),
            provider.GetRequiredService<ProgressService>(),
            provider.GetRequiredService<IDbContextFactory<AniWorldDbContext>>(),
            provider.GetRequiredService<IOptionsMonitor<AniWorldOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<BulkRename>>()))
        .AddHostedService(provider => provider.GetRequiredService<BulkRename>())
        .AddSingleton(provider => new IntegrityCheck(
            provider.GetRequiredService<FileCheck>(),
            provider.GetRequiredService<LibraryAccess>(),
            provider.GetRequiredService<ProgressService>(),
            provider.GetRequiredService<IDbContextFactory<AniWorldDbContext>>(),
            provider.GetRequiredService<IOptionsMonitor<AniWorldOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<IntegrityCheck>>()))
        .AddSingleton(provider => new AnimeService(
            provider.GetRequiredService<SeriesReader>(),
            provider.GetRequiredService<SeriesApp>(),
            provider.GetRequiredService<ProviderRegistry>(),
            provider.GetRequiredService<CoverService>(),
            provider.GetRequiredService<CatalogueStore>(),
            provider.GetRequiredService<SeriesFolders>(),
            provider.GetRequiredService<FileRemoval>(),
            provider.GetRequiredService<FileLanguages>(),
            provider.GetRequiredService<ProgressService>(),
            provider.GetRequiredService<IDbContextFactory<AniWorldDbContext>>(),
            provider.GetRequiredService<IOptionsMonitor<AniWorldOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AnimeService>>()))
        .AddSingleton(provider => new SeriesIntake(
            provider.GetRequiredService<AnimeService>(),
            provider.GetRequiredService<DownloadService>(),
            provider.GetRequiredService<LibraryWalk>(),
            provider.GetRequiredService<LibraryAccess>(),
            provider.GetRequiredService<IDbContextFactory<AniWorldDbContext>>()))
        .AddSingleton<FolderMatching>()
        .AddSingleton<LibraryTrial>()
        .AddSingleton<FolderImport>()
        .AddSingleton(provider => new ScanService(
            provider.GetRequiredService<LibraryScan>(),
            provider.GetRequiredService<GapFill>(),
            provider.GetRequiredService<SeriesReader>(),
            provider.GetRequiredService<ProgressService>(),
            provider.GetRequiredService<NodeTurns>(),
            provider.GetRequiredService<IDbContextFactory<AniWorldDbContext>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ScanService>>()))
        .AddHostedService(provider => provider.GetRequiredService<ScanService>());
}
