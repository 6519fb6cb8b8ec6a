using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Services.Library;

public static class LibraryRegistration
{
    /// <summary>The library on disk: its root, its names and the walker.</summary>
    public static IServiceCollection AddLibrary(this IServiceCollection services) => services
        .AddSingleton<LibraryAccess>()
        .AddSingleton<LibraryScanner>();
}
