using System.Net.Http.Headers;
using AniWorld.Services.Configuration;
using AniWorld.Services.Outbound;

namespace AniWorld.Services.Notifications.Services;

/// <summary>A message to a topic of ntfy, published as JSON (https://docs.ntfy.sh/publish/#publish-as-json).</summary>
internal sealed class NtfyNotifier(OwnedTargetClient client) : INotifier
{
    private const int LongestTitle = 250;

    /// <summary>Longer ones would become attachments (4,096 bytes).</summary>
    private const int LongestText = 1_000;

    public NotificationType Type => NotificationType.Ntfy;

    public async Task SendAsync(NotificationOptions target, NotificationMessage message, CancellationToken cancellationToken)
    {
        using var request = NotifierRequest.Post(NotifierRequest.Below(target.Url ?? Type.DefaultUrl!, "/"), new
        {
            topic = target.Channel,
            title = Bounded.Cut(message.Title, LongestTitle),
            message = Bounded.Cut(message.Text.Length > 0 ? message.Text : message.Title, LongestText),
            priority = message.Level switch { NotificationLevel.Error => 4, _ => 3 },
            tags = new[] { message.Level switch { NotificationLevel.Error => "rotating_light", NotificationLevel.Warning => "warning", _ => "tv" } },
        });
        if (!string.IsNullOrEmpty(target.Token))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", target.Token);
        }

        await client.SendAsync(request, cancellationToken);
    }
}
