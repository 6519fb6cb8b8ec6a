using AniWorld.Services.Configuration;

namespace AniWorld.Services.Notifications;

/// <summary>A kind of receiver, and what it needs to know.</summary>
/// <param name="Name">The value of <c>notifications.type</c>.</param>
/// <param name="DefaultUrl">Where the service is unless the user runs his own; <see langword="null"/> when each has his own.</param>
/// <param name="Needs">What must not be empty.</param>
/// <param name="Takes">What may be given besides.</param>
/// <param name="RefreshesLibrary">Whether it is a media server that looks for new files, and not a message to people.</param>
public sealed record NotificationType(
    string Name,
    string? DefaultUrl,
    IReadOnlyList<NotificationMember> Needs,
    IReadOnlyList<NotificationMember> Takes,
    bool RefreshesLibrary = false)
{
    public static NotificationType Webhook { get; } = new("webhook", null, [NotificationMember.Url], [NotificationMember.Token]);

    public static NotificationType Discord { get; } = new("discord", null, [NotificationMember.Url], []);

    public static NotificationType Telegram { get; } =
        new("telegram", "https://api.telegram.org", [NotificationMember.Token, NotificationMember.Channel], [NotificationMember.Url]);

    public static NotificationType Ntfy { get; } =
        new("ntfy", "https://ntfy.sh", [NotificationMember.Channel], [NotificationMember.Url, NotificationMember.Token]);

    public static NotificationType Gotify { get; } = new("gotify", null, [NotificationMember.Url, NotificationMember.Token], []);

    public static NotificationType Email { get; } = new(
        "email", null, [NotificationMember.Url, NotificationMember.From, NotificationMember.To], [NotificationMember.User, NotificationMember.Password]);

    public static NotificationType Jellyfin { get; } =
        new("jellyfin", null, [NotificationMember.Url, NotificationMember.Token], [], RefreshesLibrary: true);

    public static NotificationType Plex { get; } =
        new("plex", null, [NotificationMember.Url, NotificationMember.Token], [NotificationMember.Channel], RefreshesLibrary: true);

    public static NotificationType Kodi { get; } =
        new("kodi", null, [NotificationMember.Url], [NotificationMember.User, NotificationMember.Password], RefreshesLibrary: true);

    public static IReadOnlyList<NotificationType> All { get; } =
        [Webhook, Discord, Telegram, Ntfy, Gotify, Email, Jellyfin, Plex, Kodi];

    /// <summary>What is told when the user chose nothing.</summary>
    public IReadOnlyList<string> UsualEvents => RefreshesLibrary ? NotificationEvents.OfFiles : NotificationEvents.Usual;

    public static NotificationType? Find(string? name) => All.FirstOrDefault(type => type.Name == name);

    public static IReadOnlyList<string> EventsOf(NotificationOptions target) =>
        target.Events.Count > 0 ? target.Events : Find(target.Type)?.UsualEvents ?? [];

    internal bool IsAddress(string url) => this == Email
        ? Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "smtp" or "smtps"
            && address is { Host.Length: > 0, PathAndQuery: "/" or "", UserInfo: "" }
        : NetworkRules.IsWebAddress(url);
}

/// <summary>A member of <see cref="NotificationOptions"/> that some types need and others do not know.</summary>
/// <param name="Name">As in <c>config.json</c>.</param>
public sealed record NotificationMember(string Name, Func<NotificationOptions, bool> IsMissing)
{
    public static NotificationMember Url { get; } = new("url", target => string.IsNullOrWhiteSpace(target.Url));

    public static NotificationMember Token { get; } = new("token", target => string.IsNullOrWhiteSpace(target.Token));

    public static NotificationMember User { get; } = new("user", target => string.IsNullOrWhiteSpace(target.User));

    public static NotificationMember Password { get; } = new("password", target => string.IsNullOrWhiteSpace(target.Password));

    public static NotificationMember Channel { get; } = new("channel", target => string.IsNullOrWhiteSpace(target.Channel));

    public static NotificationMember From { get; } = new("from", target => string.IsNullOrWhiteSpace(target.From));

    public static NotificationMember To { get; } = new("to", target => target.To.Count == 0);
}
