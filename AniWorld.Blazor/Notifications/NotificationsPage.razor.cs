using System.Text.Json;
using System.Text.Json.Nodes;
using AniWorld.Blazor.Configuration;
using AniWorld.Blazor.Layout;
using AniWorld.Services.Configuration;
using AniWorld.Services.Notifications;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MudBlazor;

namespace AniWorld.Blazor.Notifications;

/// <summary>Who is told what: receivers added, changed, tried out and removed; saved as a whole or not at all.</summary>
public sealed partial class NotificationsPage(ConfigService configuration, NotificationService service, UserActions actions, IDialogService dialogs)
    : ComponentBase, IDisposable
{
    private const string Path = "notifications";

    /// <summary>The members are called as in <c>config.json</c>.</summary>
    private static readonly JsonSerializerOptions Named = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly CancellationTokenSource _leaving = new();
    private SettingsDraft? _draft;
    private List<NotificationOptions> _targets = [];

    /// <summary>Of the editors, for a name may change while it is typed.</summary>
    private List<Guid> _keys = [];

    private string? _failure;
    private bool _isBusy;

    private bool IsLocked => configuration.LockedBy(Path) is not null;

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        try
        {
            Begin(new SettingsDraft(await configuration.GetAsync(_leaving.Token)));
            _failure = null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _failure = FailureSentence.Of(e);
        }
    }

    private void Begin(SettingsDraft draft)
    {
        _draft = draft;
        _targets = draft.Get<JsonArray>(Path).Deserialize<List<NotificationOptions>>(Named) ?? [];
        _keys = [.. _targets.Select(_ => Guid.NewGuid())];
        draft.Edited += () => _ = InvokeAsync(CheckAsync);
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

    private void Put() => _draft!.Set(Path, JsonSerializer.SerializeToNode(_targets, Named));

    /// <summary>Says what is wrong while the user is still at it.</summary>
    private async Task CheckAsync()
    {
        var draft = _draft!;
        StateHasChanged();
        draft.Show((await configuration.ValidateAsync(draft.ToPatch(), _leaving.Token)).Errors);
        StateHasChanged();
    }

    private Task TestAsync(int place) => DoAsync(async () =>
    {
        // With the secrets that the page does not know, and as it would be after saving.
        if (await configuration.PreviewAsync(_draft!.ToPatch(), _leaving.Token) is not { } preview)
        {
            actions.Say(NotificationTexts.Of("NotRight"), Severity.Warning);
            return;
        }

        var problem = await service.TestAsync(preview.Notifications[place], _leaving.Token);
        actions.Say(problem is null ? NotificationTexts.For("Tested", _targets[place].Type) : problem, problem is null ? Severity.Success : Severity.Error);
    });

    private Task SaveAsync() => DoAsync(async () =>
    {
        switch (await configuration.PutAsync(_draft!.ToPatch()))
        {
            case ConfigChange.Applied applied:
                Begin(new SettingsDraft(applied.Configuration));
                actions.Say(NotificationTexts.Of("Saved"), Severity.Success);
                break;
            case ConfigChange.Invalid invalid:
                _draft.Show(invalid.Problems);
                break;
        }
    });

    private async Task DoAsync(Func<Task> action)
    {
        _isBusy = true;
        await actions.TryAsync(action);
        _isBusy = false;
    }

    private async Task AskBeforeLeavingAsync(LocationChangingContext navigation)
    {
        if (_draft?.IsDirty is true && await dialogs.ShowMessageBoxAsync(
            NotificationTexts.Of("LeaveTitle"), NotificationTexts.Of("LeaveText"), NotificationTexts.Of("Leave"), cancelText: NotificationTexts.Of("Stay")) is not true)
        {
            navigation.PreventNavigation();
        }
    }
}
