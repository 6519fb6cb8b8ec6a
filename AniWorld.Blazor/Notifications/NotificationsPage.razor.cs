using System.Text.Json;
using System.Text.Json.Nodes;
using AniWorld.Blazor.Configuration;
using AniWorld.Blazor.Layout;
using AniWorld.Services.Configuration;
using AniWorld.Services.Notifications;
using MudBlazor;

namespace AniWorld.Blazor.Notifications;

/// <summary>Who is told what: receivers added, changed, tried out and removed; saved as a whole or not at all.</summary>
public sealed partial class NotificationsPage(ConfigService configuration, NotificationService service, UserActions actions, IDialogService dialogs)
    : DraftPage(configuration, actions, dialogs)
{
    private const string Path = "notifications";

    /// <summary>The members are called as in <c>config.json</c>.</summary>
    private static readonly JsonSerializerOptions Named = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private List<NotificationOptions> _targets = [];

    /// <summary>Of the editors, for a name may change while it is typed.</summary>
    private List<Guid> _keys = [];

    private bool IsLocked => Configuration.LockedBy(Path) is not null;

    protected override DraftTexts Texts => new(
        NotificationTexts.Of("Saved"), NotificationTexts.Of("LeaveTitle"), NotificationTexts.Of("LeaveText"), NotificationTexts.Of("Leave"), NotificationTexts.Of("Stay"));

    protected override void Begin(SettingsDraft draft)
    {
        base.Begin(draft);
        _targets = draft.Get<JsonArray>(Path).Deserialize<List<NotificationOptions>>(Named) ?? [];
        _keys = [.. _targets.Select(_ => Guid.NewGuid())];
    }

    internal void Add(NotificationType type)
    {
        _targets.Add(new NotificationOptions { Name = FreeName(NotificationTexts.For("Type", type.Name)), Type = type.Name, Events = type.UsualEvents });
        _keys.Add(Guid.NewGuid());
        Put();
    }

    private string FreeName(string wanted) =>
        Enumerable.Range(1, _targets.Count + 1).Select(number => number == 1 ? wanted : $"{wanted} {number}").First(name => _targets.All(target => target.Name != name));

    private void Change(int place, NotificationOptions changed)
    {
        _targets[place] = changed;
        Put();
    }

    private void Remove(int place)
    {
        _targets.RemoveAt(place);
        _keys.RemoveAt(place);
        Put();
    }

    private void Put() => Draft!.Set(Path, JsonSerializer.SerializeToNode(_targets, Named));

    private Task TestAsync(int place) => DoAsync(async () =>
    {
        // With the secrets that the page does not know, and as it would be after saving.
        if (await Configuration.PreviewAsync(Draft!.ToPatch(), Leaving) is not { } preview)
        {
            Actions.Say(NotificationTexts.Of("NotRight"), Severity.Warning);
            return;
        }

        var problem = await service.TestAsync(preview.Notifications[place], Leaving);
        Actions.Say(problem is null ? NotificationTexts.For("Tested", _targets[place].Type) : Said.Of(problem), problem is null ? Severity.Success : Severity.Error);
    });
}
