using AniWorld.Services.Configuration;
using AniWorld.Services.Outbound;

namespace AniWorld.Services.Notifications.Services;

/// <summary>Lets Jellyfin look for new files (https://api.jellyfin.org, <c>POST /Library/Refresh</c>).</summary>
internal sealed class JellyfinNotifier(OwnedTargetClient client) : INotifier
{
    public NotificationType Type => NotificationType.Jellyfin;

    public async Task SendAsync(NotificationOptions target, NotificationMessage message, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, NotifierRequest.Below(target.Url!, "/Library/Refresh"));
        request.Headers.TryAddWithoutValidation("Authorization", $"MediaBrowser Token=\"{Uri.EscapeDataString(target.Token!)}\"");
        await client.SendAsync(request, cancellationToken);
    }
}
