using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Services.Metadata;

public static class MetadataRegistration
{
    /// <summary>Sidecars, NFO files and pictures, kept up to date in the background. Needs the library, its series and the catalogue.</summary>
    public static IServiceCollection AddMetadata(this IServiceCollection services) => services
        .AddSingleton<JpegPicture>()
        .AddSingleton<Artwork>()
        .AddSingleton<FileHashes>()
        .AddSingleton<SeriesMetadata>()
        .AddHostedService<MetadataUpkeep>();
}
