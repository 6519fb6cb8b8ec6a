using System.Globalization;
using AniWorld.Blazor.Configuration;
using AniWorld.Blazor.Layout;
using AniWorld.Services.Configuration;
using AniWorld.Services.Notifications;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Notifications;

/// <summary>One receiver: what it needs, what it is told, in which words, and how it did.</summary>
public sealed partial class NotificationEditor(ConfigService configuration, TimeProvider time) : ComponentBase
{
    private const string Masked = "********";

    [Parameter, EditorRequired]
    public required NotificationOptions Target { get; set; }

    /// <summary>In the list, from 0.</summary>
    [Parameter, EditorRequired]
    public required int Place { get; set; }

    /// <summary>Knows what is wrong.</summary>
    [Parameter, EditorRequired]
    public required SettingsDraft Draft { get; set; }

    /// <summary><see langword="null"/> when it was told nothing since the start.</summary>
    [Parameter]
    public NotificationState? State { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    [Parameter]
    public EventCallback<NotificationOptions> OnChange { get; set; }

    [Parameter]
    public EventCallback OnTest { get; set; }

    [Parameter]
    public EventCallback OnRemove { get; set; }

    private NotificationType Type => NotificationType.Find(Target.Type) ?? NotificationType.Webhook;

    private bool Failed => State is { LastFailure: { } failure } && failure > (State.LastSuccess ?? DateTimeOffset.MinValue);

    private string StateText => Failed
        ? NotificationTexts.Of("LastFailure", Clock(State!.LastFailure!.Value), Said.Of(State.LastError ?? ""))
        : State!.LastSuccess is { } success ? NotificationTexts.Of("LastSuccess", Clock(success)) : NotificationTexts.Of("Waiting", State.Waiting);

    private bool Knows(string member) => Type.Needs.Concat(Type.Takes).Any(known => known.Name == member);

    private string? Problem(string member) => Draft.ProblemOf($"notifications.{Place}.{member}");

    private bool HasProblem(string member) => Problem(member) is not null;

    /// <summary>What it is for; of a secret that is kept, how to change it.</summary>
    private string? HelpOf(string name, string? value) => value == Masked ? NotificationTexts.Of("Kept") : NotificationTexts.FindFor(name, Target.Type);

    private bool IsChosen(string name) => NotificationType.EventsOf(Target).Contains(name);

    /// <summary>At least one stays: no event would be all that are usual.</summary>
    private Task ToggleAsync(string name)
    {
        var chosen = NotificationEvents.All.Where(other => other == name ? !IsChosen(other) : IsChosen(other)).ToList();
        return chosen.Count == 0 ? Task.CompletedTask : OnChange.InvokeAsync(Target with { Events = chosen });
    }

    private Task WriteAsync(string name, string? text)
    {
        var templates = Target.Templates.Where(template => template.Key != name).ToDictionary();
        if (!string.IsNullOrWhiteSpace(text))
        {
            templates[name] = text;
        }

        return OnChange.InvokeAsync(Target with { Templates = templates });
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static List<string> Listed(string? text) =>
        [.. (text ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private string Clock(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, time.LocalTimeZone).ToString("g", CultureInfo.CurrentCulture);
}
