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
            yield return new($"{path}.name", new Sentence("notification_name_taken"));
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
            yield return new($"{path}.events.{place}", EventUnknown(name));
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
        .Select(member => new ConfigProblem($"{path}.{member.Name}", new Sentence("notification_needs", type.Name)));

    private static IEnumerable<ConfigProblem> Address(NotificationOptions target, NotificationType type, string path)
    {
        if (!string.IsNullOrEmpty(target.Url) && !type.IsAddress(target.Url))
        {
            yield return new($"{path}.url", type == NotificationType.Email ? new Sentence("mail_server") : new Sentence("web_address"));
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
            yield return new($"{path}.from", new Sentence("mail_address"));
        }

        foreach (var (place, _) in target.To.Index().Where(one => !IsMailbox(one.Item)))
        {
            yield return new($"{path}.to.{place}", new Sentence("mail_address"));
        }
    }

    private static bool IsMailbox(string text) => MailAddress.TryCreate(text, out _) && !text.Contains('\n') && !text.Contains('\r');

    private static Sentence EventUnknown(string name) => new Sentence("event_unknown", name, string.Join(", ", NotificationEvents.All));

    private static Sentence? TemplateProblem(string name, string template) =>
        !NotificationEvents.All.Contains(name) ? EventUnknown(name)
        : template.Length > LongestTemplate ? new Sentence("template_too_long", LongestTemplate)
        : NotificationTemplate.Unknown(template) is { } unknown
            ? new Sentence("template_place", unknown, string.Join(", ", NotificationTemplate.Places.Select(place => $"{{{place}}}")))
            : null;
}
