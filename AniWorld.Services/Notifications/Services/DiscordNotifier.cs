using System.Globalization;
using AniWorld.Services.Configuration;
using AniWorld.Services.Outbound;

namespace AniWorld.Services.Notifications.Services;

/// <summary>A message with one embed to a Discord webhook (https://docs.discord.com/developers/resources/webhook#execute-webhook).</summary>
internal sealed class DiscordNotifier(OwnedTargetClient client) : INotifier
{
    /// <summary>Discord's limits, in characters.</summary>
    private const int LongestTitle = 256;

    private const int LongestText = 4_096;

    public NotificationType Type => NotificationType.Discord;

    public async Task SendAsync(NotificationOptions target, NotificationMessage message, CancellationToken cancellationToken)
    {
        using var request = NotifierRequest.Post(new Uri(target.Url!), new
        {
            username = "AniWorld",
            embeds = new[]
            {
                new
                {
                    title = Bounded.Cut(message.Title, LongestTitle),
                    description = Bounded.Cut(message.Text, LongestText),
                    color = ColorOf(message.Level),
                    timestamp = message.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                },
            },
            // A series that is called @everyone calls nobody.
            allowed_mentions = new { parse = Array.Empty<string>() },
        });
        await client.SendAsync(request, cancellationToken);
    }

    private static int ColorOf(NotificationLevel level) => level switch
    {
        NotificationLevel.Error => 0xD32F2F,
        NotificationLevel.Warning => 0xF9A825,
        _ => 0x2E7D32,
    };
}
