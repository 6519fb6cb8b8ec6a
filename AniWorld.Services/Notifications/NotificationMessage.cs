namespace AniWorld.Services.Notifications;

/// <summary>What is told, in words.</summary>
/// <param name="Id">The same with each attempt, so that a receiver can tell a repetition.</param>
/// <param name="Event">Of <see cref="NotificationEvents"/>, or <see cref="TestEvent"/>.</param>
/// <param name="Title">One line.</param>
/// <param name="Text">May be empty.</param>
/// <param name="Values">What the event knows, by the names of <see cref="NotificationTemplate.Places"/>.</param>
public sealed record NotificationMessage(
    Guid Id, string Event, NotificationLevel Level, DateTimeOffset At, string Title, string Text, IReadOnlyDictionary<string, string> Values)
{
    public const string TestEvent = "test";

    /// <summary>Title and text in one, for services that know no titles.</summary>
    public string Whole => Text.Length == 0 ? Title : $"{Title}\n{Text}";
}

public enum NotificationLevel
{
    Info,
    Warning,
    Error,
}
