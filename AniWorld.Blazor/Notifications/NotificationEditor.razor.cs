using System.Globalization;
using AniWorld.Blazor.Configuration;
using AniWorld.Blazor.Layout;
using AniWorld.Services.Configuration;
using AniWorld.Services.Notifications;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AniWorld.Blazor.Notifications;

/// <summary>One receiver: what it needs, what it is told, in which words, and how it did.</summary>
public sealed partial class NotificationEditor(ConfigService configuration, IJSRuntime browser, TimeProvider time) : ComponentBase
{
    private ElementReference _section;

    [Parameter, EditorRequired]
    public required Receiver Receiver { get; set; }

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

    /// <summary>Whether it is new, and is to be brought into view.</summary>
    [Parameter]
    public bool Appears { get; set; }

    [Parameter]
    public EventCallback<NotificationOptions> OnChange { get; set; }

    [Parameter]
    public EventCallback OnTest { get; set; }

    [Parameter]
    public EventCallback OnRemove { get; set; }

    private NotificationOptions Target => Receiver.Target;

    private NotificationType Type => NotificationType.Find(Target.Type) ?? NotificationType.Webhook;

    private bool Failed => State is { LastFailure: { } failure } && failure > (State.LastSuccess ?? DateTimeOffset.MinValue);

    private string? StateText => State switch
    {
        { LastFailure: { } failure } when Failed => NotificationTexts.Of("LastFailure", Clock(failure), Said.Of(State.LastError ?? "")),
        { LastSuccess: { } success } => NotificationTexts.Of("LastSuccess", Clock(success)),
        { Waiting: > 0 } => NotificationTexts.Of("Waiting", State.Waiting),
        _ => null,
    };

    /// <summary>A media server is offered what may change files, and what it was set to otherwise.</summary>
    private IEnumerable<string> Offered => Type.RefreshesLibrary ? NotificationEvents.All.Where(name => NotificationEvents.MayChangeFiles.Contains(name) || IsChosen(name)) : NotificationEvents.All;

    private string? UrlHelp => IsKept(Target.Url) && configuration.Current.Notifications.FirstOrDefault(kept => kept.Name == Receiver.SavedName) is { Url: { } address }
        && Uri.TryCreate(address, UriKind.Absolute, out var leads)
            ? NotificationTexts.Of("KeptAt", leads.Authority)
            : HelpOf("UrlHelp", Target.Url);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || !Appears)
        {
            return;
        }

        try
        {
            await browser.InvokeVoidAsync("aniworldPage.show", _section);
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone.
        }
    }

    private bool Knows(string member) => Type.Needs.Concat(Type.Takes).Any(known => known.Name == member);

    /// <summary>What is simply not filled in yet is no mistake while a receiver is new.</summary>
    private string? Problem(string member) => !IsMissing(member)
        ? Draft.ProblemOf($"notifications.{Place}.{member}")
        : Receiver.SavedName is not null || Receiver.WasTested ? NotificationTexts.Of("Needed") : null;

    private bool IsMissing(string member) => Type.Needs.Any(needed => needed.Name == member && needed.IsMissing(Target));

    private bool HasProblem(string member) => Problem(member) is not null;

    /// <summary>What it is for; of a secret that is kept, how to change it.</summary>
    private string? HelpOf(string name, string? value) => IsKept(value) ? NotificationTexts.Of("Kept") : NotificationTexts.FindFor(name, Target.Type);

    private string? Help(string member, string? help) => IsMissing(member) ? $"{NotificationTexts.Of("Needed")} {help}".TrimEnd() : help;

    private static bool IsKept(string? value) => value == SecretValues.Mask;

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
