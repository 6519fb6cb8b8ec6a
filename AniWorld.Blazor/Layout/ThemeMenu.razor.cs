using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace AniWorld.Blazor.Layout;

/// <summary>Light, dark or as the system says, and stronger contrast. Kept per browser; see <see cref="ReaderLook"/>.</summary>
public sealed partial class ThemeMenu(IJSRuntime js) : ComponentBase
{
    private ReaderLook _look = new(ReaderLook.Themes[^1], HasContrast: false);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _look = await js.InvokeAsync<ReaderLook>("aniworldTheme.look");
            StateHasChanged();
        }
    }

    private static string IconOf(string theme) => theme switch
    {
        "light" => Icons.Material.Outlined.LightMode,
        "dark" => Icons.Material.Outlined.DarkMode,
        _ => Icons.Material.Outlined.Contrast,
    };

    private async Task ChooseAsync(string theme) => _look = await js.InvokeAsync<ReaderLook>("aniworldTheme.choose", theme);

    private async Task SwitchContrastAsync() => _look = await js.InvokeAsync<ReaderLook>("aniworldTheme.strengthen", !_look.HasContrast);
}
