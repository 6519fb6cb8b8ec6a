using System.Globalization;
using System.Resources;
using AniWorld.Services.Configuration;

namespace AniWorld.Services.Notifications;

/// <summary>Puts what happened into words: the user's template, else AniWorld's own text in the language of <c>ui.language</c>.</summary>
public static class NotificationWriting
{
    private static readonly ResourceManager Texts = new("AniWorld.Services.Notifications.NotificationTexts", typeof(NotificationWriting).Assembly);

    /// <summary>AniWorld's own text of an event, as a template.</summary>
    /// <param name="language"><c>de</c> or <c>en</c>; <see langword="null"/> for English.</param>
    public static string DefaultOf(string name, string? language) =>
        Texts.GetString(name, CultureInfo.GetCultureInfo(language ?? "en"))?.ReplaceLineEndings("\n")
        ?? throw new MissingManifestResourceException($"No text is written for the event '{name}'.");

    internal static NotificationMessage Write(Occurrence occurrence, NotificationOptions target, string? language)
    {
        var template = target.Templates.GetValueOrDefault(occurrence.Event) is { Length: > 0 } own ? own : DefaultOf(occurrence.Event, language);
        var (title, text) = NotificationTemplate.Fill(template, occurrence.Values);
        return new(Guid.NewGuid(), occurrence.Event, occurrence.Level, occurrence.At, title.Length > 0 ? title : "AniWorld", text, occurrence.Values);
    }

    internal static NotificationMessage Test(DateTimeOffset at, string? language)
    {
        var (title, text) = NotificationTemplate.Fill(DefaultOf(NotificationMessage.TestEvent, language), new Dictionary<string, string>());
        return new(Guid.NewGuid(), NotificationMessage.TestEvent, NotificationLevel.Info, at, title, text, new Dictionary<string, string>());
    }
}
