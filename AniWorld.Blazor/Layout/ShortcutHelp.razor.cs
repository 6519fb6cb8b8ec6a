using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace AniWorld.Blazor.Layout;

/// <summary>The keys that work anywhere, and the switch for those that are a single letter. Kept per browser.</summary>
public sealed partial class ShortcutHelp(IJSRuntime js) : ComponentBase
{
    private bool _singleKeys = true;

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _singleKeys = await js.InvokeAsync<bool>("aniworldKeys.singleKeys");
            StateHasChanged();
        }
    }

    private async Task SwitchAsync(bool wanted)
    {
        _singleKeys = wanted;
        await js.InvokeVoidAsync("aniworldKeys.switchSingleKeys", wanted);
    }
}
