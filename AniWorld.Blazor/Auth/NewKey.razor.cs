using AniWorld.Blazor.Layout;
using AniWorld.Services.Auth;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using static AniWorld.Blazor.Auth.AccessTexts;

namespace AniWorld.Blazor.Auth;

/// <summary>Makes an API key and shows it, this once.</summary>
public sealed partial class NewKey(ApiKeyService keys, UserActions actions, IJSRuntime js, TimeProvider time) : ComponentBase
{
    /// <summary>In days; 0 is without an end.</summary>
    private static readonly int[] Lifetimes = [0, 30, 90, 365];

    private readonly HashSet<string> _scopes = [Scope.Read];
    private Dictionary<string, string> _problems = [];
    private string _name = "";
    private string? _made;
    private int _days;
    private bool _isOpen;
    private bool _isBusy;
    private bool _copied;

    [Parameter, EditorRequired]
    public EventCallback OnMade { get; set; }

    private void Open()
    {
        (_name, _days, _isOpen) = ("", 0, true);
        _scopes.Clear();
        _scopes.Add(Scope.Read);
    }

    private void Close() => (_made, _isOpen, _copied) = (null, false, false);

    private void Choose(string scope, bool on) => _ = on ? _scopes.Add(scope) : _scopes.Remove(scope);

    private string? Problem(string member) => _problems.GetValueOrDefault(member);

    private async Task MakeAsync()
    {
        _problems = Problems();
        if (_problems.Count > 0 || _isBusy)
        {
            return;
        }

        _isBusy = true;
        await actions.TryAsync(async () =>
        {
            var end = _days == 0 ? (DateTimeOffset?)null : time.GetUtcNow().AddDays(_days);
            var made = await keys.CreateAsync(_name.Trim(), [.. Scope.All.Where(_scopes.Contains)], end);
            (_made, _isOpen, _name) = (made.Text, false, made.Key.Name);
            await OnMade.InvokeAsync();
        });
        _isBusy = false;
    }

    private Dictionary<string, string> Problems()
    {
        var problems = new Dictionary<string, string>();
        if (string.IsNullOrWhiteSpace(_name))
        {
            problems["name"] = Text("key_needs_name");
        }

        if (_scopes.Count == 0)
        {
            problems["scopes"] = Text("key_needs_scope");
        }

        return problems;
    }

    private async Task CopyAsync() => _copied = await js.InvokeAsync<bool>("aniworldPage.copy", _made);
}
