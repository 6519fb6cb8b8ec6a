using System.Net;
using AniWorld.Blazor.Layout;
using AniWorld.Data.Auth;
using AniWorld.Services.Auth;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using static AniWorld.Blazor.Auth.AccessTexts;

namespace AniWorld.Blazor.Auth;

/// <summary>Changes the master password. All other sessions end with it.</summary>
public sealed partial class PasswordForm(AuthService auth, UserActions actions) : ComponentBase
{
    private string _current = "";
    private string _next = "";
    private string _again = "";
    private string? _currentProblem;
    private string? _nextProblem;
    private string? _againProblem;
    private bool _isBusy;

    /// <summary>The session that shows the page. Wrong tries count for its address, as at the log-in.</summary>
    [Parameter, EditorRequired]
    public UserSession? Own { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnChanged { get; set; }

    private Caller Caller => new(IPAddress.TryParse(Own?.Address, out var address) ? address : null, Own?.UserAgent, IsLocal: false);

    private async Task ChangeAsync()
    {
        _currentProblem = _current.Length == 0 ? Text("password_current_needed") : null;
        _nextProblem = PasswordRules.Objection(_next);
        _againProblem = _next == _again ? null : Text("password_differs");
        if (_isBusy || Own is null || (_currentProblem ?? _nextProblem ?? _againProblem) is not null)
        {
            return;
        }

        _isBusy = true;
        await actions.TryAsync(async () => await ShowAsync(await auth.ChangePasswordAsync(_current, _next, Own.Id, Caller)));
        _isBusy = false;
    }

    private async Task ShowAsync(PasswordResult result)
    {
        switch (result)
        {
            case PasswordResult.Changed:
                (_current, _next, _again) = ("", "", "");
                actions.Say(Text("password_changed"), Severity.Success);
                await OnChanged.InvokeAsync();
                break;
            case PasswordResult.Invalid(var objection):
                _nextProblem = objection;
                break;
            case PasswordResult.TryLater(var wait, _):
                _currentProblem = Text("password_later", Span(wait));
                break;
            default:
                _currentProblem = Text("password_wrong");
                break;
        }
    }
}
