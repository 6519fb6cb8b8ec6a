using AniWorld.Services.Configuration;
using AniWorld.Services.Outbound;

namespace AniWorld.Services.Notifications.Services;

/// <summary>A message to a Gotify server (https://gotify.net/docs/pushmsg).</summary>
internal sealed class GotifyNotifier(OwnedTargetClient client) : INotifier
{
    public NotificationType Type => NotificationType.Gotify;

    public async Task SendAsync(NotificationOptions target, NotificationMessage message, CancellationToken cancellationToken)
    {
        using var request = NotifierRequest.Post(NotifierRequest.Below(target.Url!, "/message"), new
        {
            title = message.Title,
            // Gotify takes no empty message.
            message = message.Text.Length > 0 ? message.Text : message.Title,
            priority = message.Level switch { NotificationLevel.Error => 8, NotificationLevel.Warning => 5, _ => 4 },
        });
        request.Headers.Add("X-Gotify-Key", target.Token);
        await client.SendAsync(request, cancellationToken);
    }
}
