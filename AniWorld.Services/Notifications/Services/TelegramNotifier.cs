using AniWorld.Services.Configuration;
using AniWorld.Services.Outbound;

namespace AniWorld.Services.Notifications.Services;

/// <summary>A plain text from a Telegram bot (https://core.telegram.org/bots/api#sendmessage).</summary>
internal sealed class TelegramNotifier(OwnedTargetClient client) : INotifier
{
    private const int LongestText = 4_096;

    public NotificationType Type => NotificationType.Telegram;

    public async Task SendAsync(NotificationOptions target, NotificationMessage message, CancellationToken cancellationToken)
    {
        var address = NotifierRequest.Below(target.Url ?? Type.DefaultUrl!, $"/bot{Uri.EscapeDataString(target.Token!).Replace("%3A", ":", StringComparison.Ordinal)}/sendMessage");
        using var request = NotifierRequest.Post(address, new
        {
            chat_id = target.Channel,
            text = Bounded.Cut(message.Whole, LongestText),
            link_preview_options = new { is_disabled = true },
        });
        await client.SendAsync(request, cancellationToken);
    }
}
