using AniWorld.Services.Downloads;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Services.Diagnosis;

public static class DiagnosisRegistration
{
    /// <summary>What <c>aniworld doctor</c> looks at. Needs configuration, catalogue, library and downloads.</summary>
    public static IServiceCollection AddDiagnosis(this IServiceCollection services) => services
        .AddSingleton<DataFolderCheck>()
        .AddSingleton<DatabaseCheck>()
        .AddSingleton<RedisCheck>()
        .AddSingleton<LibraryCheck>()
        .AddSingleton<ToolCheck>()
        .AddSingleton(provider => new ToolVersions(provider.GetRequiredService<MediaTools>()))
        .AddSingleton<SourceCheck>()
        .AddSingleton<SavedPageCheck>()
        .AddSingleton<ProfileCheck>()
        .AddSingleton(provider => new Doctor(
            provider.GetRequiredService<DataFolderCheck>(),
            provider.GetRequiredService<DatabaseCheck>(),
            provider.GetRequiredService<RedisCheck>(),
            provider.GetRequiredService<LibraryCheck>(),
            provider.GetRequiredService<ToolCheck>(),
            provider.GetRequiredService<SourceCheck>(),
            provider.GetRequiredService<ProfileCheck>()));
}
