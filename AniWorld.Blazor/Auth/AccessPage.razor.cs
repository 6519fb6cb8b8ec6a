using AniWorld.Blazor.Layout;
using AniWorld.Data.Auth;
using AniWorld.Services.Auth;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using static AniWorld.Blazor.Auth.AccessTexts;

namespace AniWorld.Blazor.Auth;

/// <summary>Who and what is let in: live sessions, API keys, the master password.</summary>
public sealed partial class AccessPage(
    SessionService sessions, ApiKeyService keys, UserActions actions, IDialogService dialogs, TimeProvider time) : ComponentBase
{
    private IReadOnlyList<UserSession>? _sessions;
    private IReadOnlyList<ApiKey>? _keys;
    private string? _own;
    private string? _failure;

    [CascadingParameter]
    public required Task<AuthenticationState> Login { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _own = (await Login).User.SessionId();
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            var live = await sessions.ListAsync();
            _sessions = [.. live.OrderByDescending(session => session.Id == _own)];
            _keys = await keys.ListAsync();
            _failure = null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _failure = FailureSentence.Of(e);
        }
    }

    private async Task EndAsync(UserSession session)
    {
        if (await actions.TryAsync(() => sessions.RevokeAsync(session.Id, "auth.session_revoked")))
        {
            actions.Say(Text("session_ended", Device.NameOf(session.UserAgent)));
            await LoadAsync();
        }
    }

    private async Task EndOthersAsync()
    {
        if (_own is null || await dialogs.ShowMessageBoxAsync(
                Text("end_others_title"), Text("end_others_text"), Text("end_others"), cancelText: Text("cancel")) is not true)
        {
            return;
        }

        var ended = 0;
        if (await actions.TryAsync(async () => ended = await sessions.RevokeOthersAsync(_own)))
        {
            actions.Say(Text(ended == 1 ? "others_ended_one" : "others_ended", ended));
            await LoadAsync();
        }
    }

    private async Task RevokeAsync(ApiKey key)
    {
        if (await dialogs.ShowMessageBoxAsync(
                Text("revoke_title", key.Name), Text("revoke_text"), Text("revoke"), cancelText: Text("cancel")) is true
            && await actions.TryAsync(() => keys.RevokeAsync(key.Prefix)))
        {
            actions.Say(Text("revoked", key.Name));
            await LoadAsync();
        }
    }
}
