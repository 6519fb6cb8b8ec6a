using System.Net.Mail;
using AniWorld.Services.Notifications;

namespace AniWorld.Services.Configuration;

/// <summary>Notifications: one name each, and all that their type needs.</summary>
internal static class NotificationRules
{
    private const int LongestTemplate = 4_000;

    public static IEnumerable<ConfigProblem> Check(IReadOnlyList<NotificationOptions> notifications) =>
        notifications.Index().SelectMany(one => Check(one.Item, $"notifications.{one.Index}", notifications.Take(one.Index)));

    private static IEnumerable<ConfigProblem> Check(NotificationOptions target, string path, IEnumerable<NotificationOptions> earlier)
    {
        if (earlier.Any(other => other.Name == target.Name))
        {
            yield return new($"{path}.name", "Another notification has this name; give each its own.");
        }

        if (NotificationType.Find(target.Type) is not { } type)
        {
            yield break;
        }

        foreach (var problem in Needs(target, type, path).Concat(Address(target, type, path)).Concat(Mail(target, type, path)))
        {
            yield return problem;
        }

        foreach (var (place, name) in target.Events.Index().Where(one => !NotificationEvents.All.Contains(one.Item)))
        {
            yield return new($"{path}.events.{place}", $"There is no event '{name}'; choose of {string.Join(", ", NotificationEvents.All)}.");
        }

        foreach (var (name, template) in target.Templates)
        {
            if (TemplateProblem(name, template) is { } problem)
            {
                yield return new($"{path}.templates.{name}", problem);
            }
        }
    }

    private static IEnumerable<ConfigProblem> Needs(NotificationOptions target, NotificationType type, string path) => type.Needs
        .Where(member => member.IsMissing(target))
        .Select(member => new ConfigProblem($"{path}.{member.Name}", $"A notification of type {type.Name} needs this."));

    private static IEnumerable<ConfigProblem> Address(NotificationOptions target, NotificationType type, string path)
    {
        if (!string.IsNullOrEmpty(target.Url) && !type.IsAddress(target.Url))
        {
            yield return new($"{path}.url", type == NotificationType.Email
                ? "This must be an address such as smtp://mail.example.org:587 or smtps://mail.example.org:465."
                : "This must be an http or https address.");
        }
    }

    private static IEnumerable<ConfigProblem> Mail(NotificationOptions target, NotificationType type, string path)
    {
        if (type != NotificationType.Email)
        {
            yield break;
        }

        if (!string.IsNullOrEmpty(target.From) && !IsMailbox(target.From))
        {
            yield return new($"{path}.from", "This must be an e-mail address.");
        }

        foreach (var (place, _) in target.To.Index().Where(one => !IsMailbox(one.Item)))
        {
            yield return new($"{path}.to.{place}", "This must be an e-mail address.");
        }
    }

    private static bool IsMailbox(string text) => MailAddress.TryCreate(text, out _) && !text.Contains('\n') && !text.Contains('\r');

    private static string? TemplateProblem(string name, string template) =>
        !NotificationEvents.All.Contains(name) ? $"There is no event '{name}'; choose of {string.Join(", ", NotificationEvents.All)}."
        : template.Length > LongestTemplate ? $"This is longer than {LongestTemplate} characters."
        : NotificationTemplate.Unknown(template) is { } unknown
            ? $"There is no '{{{unknown}}}'; a template may hold {string.Join(", ", NotificationTemplate.Places.Select(place => $"{{{place}}}"))}."
            : null;
}
