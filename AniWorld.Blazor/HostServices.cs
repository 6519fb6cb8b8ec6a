using AniWorld.Blazor.Telemetry;
using AniWorld.Data;
using AniWorld.Services.Backups;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Diagnosis;
using AniWorld.Services.Downloads;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Import;
using AniWorld.Services.Library;
using AniWorld.Services.Notifications;
using AniWorld.Services.Outbound;
using AniWorld.Services.Progress;
using AniWorld.Services.Statistics;
using AniWorld.Services.Streaming;
using AniWorld.Services.Telemetry;

namespace AniWorld.Blazor;

/// <summary>All that does not speak HTTP: one Add… line per feature. A command needs no more than this, and starts sooner so.</summary>
internal static class HostServices
{
    /// <param name="taken">The data folder's lock; <see langword="null"/> beside a running server.</param>
    public static IServiceCollection AddHostServices(
        this IServiceCollection services, IConfiguration configuration, DataFolder data, ConfigChain chain, HostUse use, DataFolderLock? taken, NodeRole role = NodeRole.All)
    {
        services.AddLogging(configuration, data, console: use == HostUse.Server);
        services.AddSingleton(data);
        services.AddSingleton(_ => taken!);
        services.AddSingleton(TimeProvider.System);
        services.AddConfiguration(chain);
        var place = chain.Current.Database.PlaceIn(data);
        services.AddDatabase(place, TimeSpan.FromSeconds(chain.Current.Limits.DatabaseBusySeconds));
        services.AddHostedService<DatabaseStart>();

        services.AddProgress();
        services.AddOutbound();
        services.AddCatalogue();
        services.AddStreaming();
        services.AddEngine();
        services.AddLibrary();
        services.AddDownloads();
        services.AddSeries();
        services.AddBackups();
        services.AddNotifications();
        services.AddWork(use, role, place);
        services.AddImport();
        services.AddStatistics();
        services.AddDiagnosis();
        services.AddMeasurements();
        return services;
    }
}
