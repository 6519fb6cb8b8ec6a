using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Configuration;

public static class ConfigurationRegistration
{
    /// <summary>The configuration, its service, and <see cref="IOptionsMonitor{TOptions}"/> of <see cref="AniWorldOptions"/> on it.</summary>
    /// <param name="chain">Opened before, for what the host itself needs of it.</param>
    public static IServiceCollection AddConfiguration(this IServiceCollection services, ConfigChain chain)
    {
        services.AddOptions();
        services.AddSingleton(chain);
        services.AddSingleton<IOptionsChangeTokenSource<AniWorldOptions>>(chain);
        services.AddSingleton<IOptionsFactory<AniWorldOptions>, ConfigOptionsFactory>();
        services.AddSingleton<ConfigService>();
        services.AddHostedService<ConfigWatch>();
        return services;
    }
}
