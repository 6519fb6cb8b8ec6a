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

    private List<Receiver> _receivers = [];

    /// <summary>The one that was just added, which is brought into view.</summary>
    private Guid? _added;

    private bool IsLocked => Configuration.LockedBy(Path) is not null;

    protected override DraftTexts Texts => new(
        NotificationTexts.Of("Saved"), NotificationTexts.Of("LeaveTitle"), NotificationTexts.Of("LeaveText"), NotificationTexts.Of("Leave"), NotificationTexts.Of("Stay"));

    /// <summary>Which receivers are meant, for the page may be longer than the screen.</summary>
    private string NotRight => string.Join(", ", _receivers.Index().Where(at => Draft!.ProblemOf($"{Path}.{at.Index}") is not null).Select(at => at.Item.Target.Name))
        is { Length: > 0 } names ? NotificationTexts.Of("NotRight", names) : Said.Of(Draft!.Problems[0]);

    protected override void Begin(SettingsDraft draft)
    {
        base.Begin(draft);
        _receivers = [.. (draft.Get<JsonArray>(Path).Deserialize<List<NotificationOptions>>(Named) ?? []).Select(target => new Receiver(Guid.NewGuid(), target, target.Name))];
        _added = null;
    }

    internal void Add(NotificationType type)
    {
        var target = new NotificationOptions { Name = FreeName(NotificationTexts.For("Type", type.Name)), Type = type.Name, Events = type.UsualEvents };
        _added = Guid.NewGuid();
        _receivers.Add(new Receiver(_added.Value, target, SavedName: null));
        Put();
    }

    private string FreeName(string wanted) => Enumerable.Range(1, _receivers.Count + 1)
        .Select(number => number == 1 ? wanted : $"{wanted} {number}").First(name => _receivers.All(other => other.Target.Name != name));

    private void Change(Receiver receiver, NotificationOptions changed)
    {
        Replace(receiver.Id, now => now with { Target = changed, Test = null });
        Put();
    }

    private void Remove(Receiver receiver)
    {
        _receivers.RemoveAll(other => other.Id == receiver.Id);
        Put();
    }

    private void Replace(Guid id, Func<Receiver, Receiver> change)
    {
        if (_receivers.FindIndex(receiver => receiver.Id == id) is >= 0 and var place)
        {
            _receivers[place] = change(_receivers[place]);
        }
    }

    private void Put() => Draft!.Set(Path, Written(_receivers));

    private JsonNode? Written(IEnumerable<Receiver> receivers) =>
        JsonSerializer.SerializeToNode(receivers.Select(receiver => receiver.ToSave(Configuration.Current.Notifications)).ToList(), Named);

    private async Task TestAsync(Receiver receiver)
    {
        if (receiver.Test is { Failed: null })
        {
            return;
        }

        var running = new NotificationTest(NotificationTexts.Of("Testing"), Failed: null);
        Replace(receiver.Id, now => now with { Test = running, WasTested = true });
        NotificationTest? result = null;
        await Actions.TryAsync(async () => result = await TryOutAsync(receiver));
        Replace(receiver.Id, now => now.Test == running ? now with { Test = result } : now);
    }

    /// <summary>With the secrets that the page does not know, and as it would be after saving; what is wrong with others does not matter.</summary>
    private async Task<NotificationTest> TryOutAsync(Receiver receiver)
    {
        var patch = JsonSerializer.SerializeToElement(new JsonObject { [Path] = Written([receiver]) });
        if (await Configuration.PreviewAsync(patch, Leaving) is not { } preview)
        {
            return new NotificationTest(NotificationTexts.Of("TestNotRight"), Failed: true);
        }

        var problem = await service.TestAsync(preview.Notifications[0], Leaving);
        return new NotificationTest(problem is null ? NotificationTexts.For("Tested", receiver.Target.Type) : Said.Of(problem), Failed: problem is not null);
    }
}
