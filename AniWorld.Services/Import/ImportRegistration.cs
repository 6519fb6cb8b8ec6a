using AniWorld.Data;
using AniWorld.Services.Configuration;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Import;

public static class ImportRegistration
{
    /// <summary>Taking over an older installation. Needs configuration, catalogue and library.</summary>
    public static IServiceCollection AddImport(this IServiceCollection services) => services
        .AddSingleton<OldDatabase>()
        .AddSingleton<OldSeriesFolders>()
        .AddSingleton<OldInstallationReader>()
        .AddSingleton<SeriesPlanning>()
        .AddSingleton<SettingPlanning>()
        .AddSingleton<ImportWriter>()
        .AddSingleton(provider => new ImportService(
            provider.GetRequiredService<OldInstallationReader>(),
            provider.GetRequiredService<SeriesPlanning>(),
            provider.GetRequiredService<SettingPlanning>(),
            provider.GetRequiredService<ConfigService>(),
            provider.GetRequiredService<DatabasePlace>(),
            provider.GetRequiredService<IDbContextFactory<AniWorldDbContext>>(),
            provider.GetRequiredService<ImportWriter>(),
            provider.GetRequiredService<ILogger<ImportService>>()));
}
