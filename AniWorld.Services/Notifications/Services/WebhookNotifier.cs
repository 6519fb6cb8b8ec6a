using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AniWorld.Services.Configuration;
using AniWorld.Services.Outbound;

namespace AniWorld.Services.Notifications.Services;

/// <summary>A JSON message to any address, signed when a token is set; the receiver's side is in <c>docs/notifications.md</c>.</summary>
internal sealed class WebhookNotifier(OwnedTargetClient client, TimeProvider time) : INotifier
{
    public NotificationType Type => NotificationType.Webhook;

    public async Task SendAsync(NotificationOptions target, NotificationMessage message, CancellationToken cancellationToken)
    {
        var body = NotifierRequest.Json(new
        {
            @event = message.Event,
            level = message.Level.ToString().ToLowerInvariant(),
            timestamp = message.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            title = message.Title,
            message = message.Text,
            data = message.Values,
        });
        var sentAt = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = NotifierRequest.Post(new Uri(target.Url!), body);
        request.Headers.Add("X-AniWorld-Event", message.Event);
        request.Headers.Add("X-AniWorld-Delivery", message.Id.ToString("N"));
        request.Headers.Add("X-AniWorld-Timestamp", sentAt);
        if (!string.IsNullOrEmpty(target.Token))
        {
            request.Headers.Add("X-AniWorld-Signature", $"sha256={Sign(target.Token, $"{sentAt}.{body}")}");
        }

        await client.SendAsync(request, cancellationToken);
    }

    private static string Sign(string key, string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)));
}
