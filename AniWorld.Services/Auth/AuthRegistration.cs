using AniWorld.Data;
using AniWorld.Services.Nodes.Backplane;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Auth;

/// <summary>The master password, sessions, API keys and tickets.</summary>
public static class AuthRegistration
{
    public static IServiceCollection AddAuth(this IServiceCollection services)
    {
        services.TryAddSingleton<SigningKey>();
        services.AddSingleton<PasswordHasher>();
        services.AddSingleton<PasswordCheck>();
        services.AddSingleton(s => new LoginLimits(Databases(s), s.GetRequiredService<TimeProvider>(), s.GetService<RedisLink>()));
        services.AddSingleton<AttemptLine>();
        services.AddSingleton<LastSeen>();
        services.AddSingleton<SetupCode>();
        services.TryAddSingleton<Revocations>();
        services.AddSingleton(s => new WsTicketService(
            s.GetRequiredService<TimeProvider>(),
            s.GetService<RedisLink>() is { IsConfigured: true } redis ? new SharedTickets(redis, s.GetRequiredService<SigningKey>()) : null));
        services.AddSingleton<CommandLineAccess>();
        services.TryAddSingleton<ISetupConfiguration, SetupConfiguration>();
        services.AddSingleton(s => new SessionTokens(s.GetRequiredService<SigningKey>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new SessionService(
            Databases(s),
            s.GetRequiredService<SessionTokens>(),
            s.GetRequiredService<LastSeen>(),
            s.GetRequiredService<Revocations>(),
            s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new ApiKeyService(
            Databases(s), s.GetRequiredService<LastSeen>(), s.GetRequiredService<Revocations>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new AuthService(
            Databases(s),
            s.GetRequiredService<PasswordCheck>(),
            s.GetRequiredService<PasswordHasher>(),
            s.GetRequiredService<SessionService>(),
            s.GetRequiredService<ILogger<AuthService>>()));
        services.AddSingleton(s => new SetupService(
            Databases(s),
            s.GetRequiredService<AuthService>(),
            s.GetRequiredService<PasswordCheck>(),
            s.GetRequiredService<PasswordHasher>(),
            s.GetRequiredService<SetupCode>(),
            s.GetRequiredService<ISetupConfiguration>(),
            s.GetRequiredService<ILogger<SetupService>>()));
        services.AddHostedService<SessionUpkeep>();
        services.AddHostedService<RevocationWatch>();
        services.AddHostedService(s => new SetupAnnouncement(
            s.GetRequiredService<AuthService>(),
            s.GetRequiredService<SetupCode>(),
            s.GetService<TextWriter>() ?? Console.Out,
            s.GetRequiredService<ILogger<SetupAnnouncement>>()));
        return services;
    }

    private static IDbContextFactory<AniWorldDbContext> Databases(IServiceProvider services) =>
        services.GetRequiredService<IDbContextFactory<AniWorldDbContext>>();
}
