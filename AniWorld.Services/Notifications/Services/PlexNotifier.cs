using AniWorld.Services.Configuration;
using AniWorld.Services.Outbound;

namespace AniWorld.Services.Notifications.Services;

/// <summary>Lets Plex look for new files, in one library section or all (<c>GET /library/sections/{id}/refresh</c>).</summary>
internal sealed class PlexNotifier(OwnedTargetClient client) : INotifier
{
    public NotificationType Type => NotificationType.Plex;

    public async Task SendAsync(NotificationOptions target, NotificationMessage message, CancellationToken cancellationToken)
    {
        var section = string.IsNullOrWhiteSpace(target.Channel) ? "all" : Uri.EscapeDataString(target.Channel);
        using var request = new HttpRequestMessage(HttpMethod.Get, NotifierRequest.Below(target.Url!, $"/library/sections/{section}/refresh"));
        request.Headers.Add("X-Plex-Token", target.Token);
        await client.SendAsync(request, cancellationToken);
    }
}
