using AniWorld.Services.History;
using AniWorld.Services.Progress;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Services.Statistics;

public static class StatisticsRegistration
{
    /// <summary>What was: history, notices, speed, growth. Needs configuration, progress and the database.</summary>
    public static IServiceCollection AddStatistics(this IServiceCollection services) => services
        .AddSingleton<HistoryService>()
        .AddSingleton<LibraryStatistics>()
        .AddSingleton<DiskForecast>()
        .AddSingleton<RecentNotices>()
        .AddHostedService(provider => provider.GetRequiredService<RecentNotices>())
        .AddSingleton<SpeedHistory>()
        .AddHostedService(provider => provider.GetRequiredService<SpeedHistory>());
}
