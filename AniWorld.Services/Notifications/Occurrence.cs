namespace AniWorld.Services.Notifications;

/// <summary>Something happened that somebody may want to be told.</summary>
/// <param name="Event">Of <see cref="NotificationEvents"/>.</param>
/// <param name="Values">What is known of it, by the names of <see cref="NotificationTemplate.Places"/>.</param>
internal sealed record Occurrence(string Event, NotificationLevel Level, DateTimeOffset At, IReadOnlyDictionary<string, string> Values);
