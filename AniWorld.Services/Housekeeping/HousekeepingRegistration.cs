using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Services.Housekeeping;

public static class HousekeepingRegistration
{
    /// <summary>The clean-up. Needs library, catalogue and downloads.</summary>
    public static IServiceCollection AddHousekeeping(this IServiceCollection services) => services
        .AddSingleton<OldRows>()
        .AddSingleton<LibraryCleanUp>()
        .AddSingleton<CleanUp>();
}
