using AniWorld.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Services.Downloads;

public static class DownloadRegistration
{
    /// <summary>The queue and the worker that works it off. Needs library, catalogue, streaming, engine and progress.</summary>
    public static IServiceCollection AddDownloads(this IServiceCollection services) => services
        .AddSingleton<SeriesApp>()
        .AddSingleton<ActiveDownloads>()
        .AddSingleton<MediaTools>()
        .AddSingleton<DownloadClaims>()
        .AddSingleton<DownloadTargets>()
        .AddSingleton<PartialFiles>()
        .AddSingleton<QueueNotice>()
        .AddSingleton<Enqueuing>()
        .AddSingleton<DownloadOutcomes>()
        .AddSingleton<DownloadRun>()
        .AddSingleton(provider => new DownloadService(
            provider.GetRequiredService<IDbContextFactory<AniWorldDbContext>>(),
            provider.GetRequiredService<Enqueuing>(),
            provider.GetRequiredService<QueueNotice>(),
            provider.GetRequiredService<ActiveDownloads>(),
            provider.GetRequiredService<PartialFiles>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddHostedService<DownloadWorker>();
}
