using AniWorld.Data;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Nodes;
using AniWorld.Services.Streaming;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Services.Downloads;

public static class DownloadRegistration
{
    /// <summary>The queue. Needs library, series, catalogue, streaming, engine and progress.</summary>
    public static IServiceCollection AddDownloads(this IServiceCollection services) => services
        .AddSeriesApp()
        .AddNode()
        .AddSingleton<ActiveDownloads>()
        .AddSingleton(provider => provider.GetRequiredService<ActiveDownloads>().Pulse)
        .AddSingleton<MediaTools>()
        .AddSingleton<DownloadClaims>()
        .AddSingleton<DownloadTargets>()
        .AddSingleton<LanguageFallback>()
        .AddSingleton<PartialFiles>()
        .AddSingleton<QueueNotice>()
        .AddSingleton<QueueReset>()
        .AddSingleton<Enqueuing>()
        .AddSingleton<Replacement>()
        .AddSingleton<DownloadOutcomes>()
        .AddSingleton<DownloadRun>()
        .AddSingleton(provider => new DownloadService(
            provider.GetRequiredService<IDbContextFactory<AniWorldDbContext>>(),
            provider.GetRequiredService<Enqueuing>(),
            provider.GetRequiredService<QueueNotice>(),
            provider.GetRequiredService<ActiveDownloads>(),
            provider.GetRequiredService<PartialFiles>(),
            provider.GetRequiredService<DataVersion>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new QueueEdits(
            provider.GetRequiredService<DownloadService>(),
            provider.GetRequiredService<DownloadClaims>(),
            provider.GetRequiredService<QueueNotice>(),
            provider.GetRequiredService<ActiveDownloads>(),
            provider.GetRequiredService<PartialFiles>(),
            provider.GetRequiredService<HosterHealth>(),
            provider.GetRequiredService<IDbContextFactory<AniWorldDbContext>>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<LimitService>()
        .AddHostedService(provider => provider.GetRequiredService<LimitService>())
        .AddHostedService<HosterNotices>()
        .AddHostedService<SiteNotices>();

    /// <summary>The worker that works the queue off.</summary>
    public static IServiceCollection AddDownloadWorker(this IServiceCollection services) => services
        .AddHostedService<NodeBeat>()
        .AddHostedService<QueueFollower>()
        .AddHostedService<DownloadWorker>();

    /// <summary>The engine's front door. Needs no database but that of the sources' health.</summary>
    public static IServiceCollection AddSeriesApp(this IServiceCollection services) => services
        .AddSingleton<EpisodeFetch>()
        .AddSingleton<SeriesApp>();
}
