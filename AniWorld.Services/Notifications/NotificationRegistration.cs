using AniWorld.Services.Configuration;
using AniWorld.Services.Notifications.Services;
using AniWorld.Services.Progress;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Notifications;

public static class NotificationRegistration
{
    /// <summary><see cref="NotificationService"/>. Needs progress, outbound and configuration.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services) => services
        .AddSingleton<INotifier, WebhookNotifier>()
        .AddSingleton<INotifier, DiscordNotifier>()
        .AddSingleton<INotifier, TelegramNotifier>()
        .AddSingleton<INotifier, NtfyNotifier>()
        .AddSingleton<INotifier, GotifyNotifier>()
        .AddSingleton<INotifier, EmailNotifier>()
        .AddSingleton<INotifier, JellyfinNotifier>()
        .AddSingleton<INotifier, PlexNotifier>()
        .AddSingleton<INotifier, KodiNotifier>()
        .AddSingleton<NotificationSender>()
        .AddSingleton(provider => new NotificationService(
            provider.GetRequiredService<ProgressService>(),
            provider.GetRequiredService<NotificationSender>(),
            provider.GetRequiredService<IOptionsMonitor<AniWorldOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<NotificationService>>()));

    /// <summary>Lets it listen for as long as the server runs.</summary>
    public static IServiceCollection AddNotificationWork(this IServiceCollection services) =>
        services.AddHostedService(provider => provider.GetRequiredService<NotificationService>());
}
