using AniWorld.Data;
using AniWorld.Data.PostgreSql;
using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Blazor.Auth;

/// <summary>The keys that protect what browsers are given to keep and send back: files, or rows that all nodes share.</summary>
internal static class PageKeys
{
    public static IServiceCollection AddPageKeys(this IServiceCollection services, DatabasePlace place, DataFolder data)
    {
        // By its folder otherwise, which is another one on each node.
        var keys = services.AddDataProtection().SetApplicationName("aniworld");
        if (place is DatabasePlace.Server)
        {
            services.AddScoped(provider => (PostgreSqlContext)provider.GetRequiredService<IDbContextFactory<AniWorldDbContext>>().CreateDbContext());
            keys.PersistKeysToDbContext<PostgreSqlContext>();
        }
        else
        {
            keys.PersistKeysToFileSystem(new DirectoryInfo(data.Keys));
        }

        return services;
    }
}
