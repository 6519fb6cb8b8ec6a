using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace AniWorld.Services.Configuration;

/// <summary>Somebody or something that is told what happens. One item of the configuration member <c>notifications</c>.</summary>
/// <remarks>Which members a type needs stands in <see cref="Notifications.NotificationType"/>.</remarks>
public sealed record NotificationOptions
{
    /// <summary>Unique; by it the item is known again, and its masked secrets with it.</summary>
    [ConfigurationKeyName("name"), Required]
    public string Name { get; init; } = "";

    /// <summary><c>webhook</c>, <c>discord</c>, <c>telegram</c>, <c>ntfy</c>, <c>gotify</c>, <c>email</c>, <c>jellyfin</c>, <c>plex</c> or <c>kodi</c>.</summary>
    [ConfigurationKeyName("type"), RegularExpression("^(webhook|discord|telegram|ntfy|gotify|email|jellyfin|plex|kodi)$")]
    public string Type { get; init; } = "";

    [ConfigurationKeyName("enabled")]
    public bool Enabled { get; init; } = true;

    /// <summary>Of <see cref="Notifications.NotificationEvents"/>; empty for those that are usual for the type.</summary>
    [ConfigurationKeyName("events")]
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>Where it is, http or https; for <c>email</c> <c>smtp://host:587</c> or <c>smtps://host:465</c>. Null for the service's own, where it has one.</summary>
    /// <remarks>Secret, for with some services who knows the address may write.</remarks>
    [ConfigurationKeyName("url"), Secret]
    public string? Url { get; init; }

    /// <summary>What the service gave to prove who asks: a bot's, an app's or an access token, an API key; of a webhook, what its signature is made with.</summary>
    [ConfigurationKeyName("token"), Secret]
    public string? Token { get; init; }

    /// <summary>Name to log in with, where the service asks for one.</summary>
    [ConfigurationKeyName("user")]
    public string? User { get; init; }

    [ConfigurationKeyName("password"), Secret]
    public string? Password { get; init; }

    /// <summary>To where within the service: Telegram's chat id, ntfy's topic, Plex's library section (null for all).</summary>
    [ConfigurationKeyName("channel")]
    public string? Channel { get; init; }

    /// <summary>Sender of an e-mail.</summary>
    [ConfigurationKeyName("from")]
    public string? From { get; init; }

    /// <summary>Receivers of an e-mail.</summary>
    [ConfigurationKeyName("to")]
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>How long nothing more must have come before a library is refreshed, in seconds: 0 to 3,600, default 30.</summary>
    [ConfigurationKeyName("debounce_seconds"), Range(0, 3_600)]
    public int DebounceSeconds { get; init; } = 30;

    /// <summary>By event, what is said in place of AniWorld's own text: the first line is the title, the rest the message.</summary>
    [ConfigurationKeyName("templates")]
    public IReadOnlyDictionary<string, string> Templates { get; init; } = new Dictionary<string, string>();
}
