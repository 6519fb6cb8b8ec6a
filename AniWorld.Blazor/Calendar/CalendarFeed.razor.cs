using AniWorld.Blazor.Layout;
using AniWorld.Blazor.Library;
using AniWorld.Services.Auth;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AniWorld.Blazor.Calendar;

/// <summary>The address that calendar programs subscribe to, with a key of its own that may only read.</summary>
public sealed partial class CalendarFeed(ApiKeyService keys, UserActions actions, NavigationManager navigation, IJSRuntime browser) : ComponentBase
{
    private string? _address;
    private bool _isBusy;
    private bool _isCopied;

    private async Task MakeAsync()
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        await actions.TryAsync(async () =>
        {
            var made = await keys.CreateAsync(CalendarTexts.Of("FeedKeyName"), [Scope.Read], expiresAt: null);
            _address = navigation.ToAbsoluteUri($"{CalendarEndpoints.Address[1..]}?key={made.Text}").AbsoluteUri;
        });
        _isBusy = false;
    }

    private async Task CopyAsync() => _isCopied = await browser.InvokeAsync<bool>("aniworldPage.copy", _address);
}
