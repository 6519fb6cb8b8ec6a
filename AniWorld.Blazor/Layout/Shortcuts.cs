using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace AniWorld.Blazor.Layout;

/// <summary>What the keyboard does anywhere: the palette, the list of keys, and going to pages. <c>keys.js</c> listens.</summary>
public sealed class Shortcuts(IDialogService dialogs, NavigationManager navigation, IJSRuntime js) : IDisposable
{
    private static readonly DialogOptions High = new() { Position = DialogPosition.TopCenter, NoHeader = true, MaxWidth = MaxWidth.Small, FullWidth = true };

    private DotNetObjectReference<Shortcuts>? _self;

    public async Task ListenAsync()
    {
        _self ??= DotNetObjectReference.Create(this);
        await js.InvokeVoidAsync("aniworldKeys.listen", _self);
    }

    [JSInvokable]
    public Task OpenPaletteAsync() => dialogs.ShowAsync<CommandPalette>(ShellTexts.Of("Palette"), High);

    [JSInvokable]
    public Task ShowHelpAsync() => dialogs.ShowAsync<ShortcutHelp>(ShellTexts.Of("Shortcuts"));

    /// <param name="key">What was pressed after <c>g</c>; one that no page has does nothing.</param>
    [JSInvokable]
    public void GoTo(string key)
    {
        if (Places.All.FirstOrDefault(place => place.Key.ToString() == key) is { } place)
        {
            navigation.NavigateTo(place.Address);
        }
    }

    public void Dispose() => _self?.Dispose();
}
