using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace AniWorld.Blazor.Layout;

/// <summary>Light, dark or as the system says. Kept per browser; the configuration's <c>ui.theme</c> until one is chosen.</summary>
public sealed partial class ThemeMenu(IJSRuntime js) : ComponentBase, IDisposable
{
    private static readonly Choice[] Choices =
    [
        new("light", "Light", Icons.Material.Outlined.LightMode),
        new("dark", "Dark", Icons.Material.Outlined.DarkMode),
        new("system", "As the system", Icons.Material.Outlined.Contrast),
    ];

    private DotNetObjectReference<ThemeMenu>? _self;

    /// <summary>Whether the page is dark now; also when the system changes its mind.</summary>
    [Parameter]
    public EventCallback<bool> DarkChanged { get; set; }

    private Choice Current { get; set; } = Choices[^1];

    /// <summary>Called by <c>theme.js</c> at once and with every change.</summary>
    [JSInvokable]
    public async Task ShowAsync(string choice, bool dark)
    {
        Current = Choices.FirstOrDefault(c => c.Value == choice) ?? Choices[^1];
        await DarkChanged.InvokeAsync(dark);
        StateHasChanged();
    }

    public void Dispose() => _self?.Dispose();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            await js.InvokeVoidAsync("aniworldTheme.watch", _self);
        }
    }

    private ValueTask ChooseAsync(Choice choice) => js.InvokeVoidAsync("aniworldTheme.choose", choice.Value);

    private sealed record Choice(string Value, string Name, string Icon);
}
