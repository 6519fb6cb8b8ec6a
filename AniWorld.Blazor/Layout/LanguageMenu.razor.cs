using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AniWorld.Blazor.Layout;

/// <summary>German, English or as the browser asks for; kept per browser. A choice loads the page again, in its language.</summary>
public sealed partial class LanguageMenu(IJSRuntime js) : ComponentBase
{
    private string? _chosen;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _chosen = await js.InvokeAsync<string?>("aniworldPage.language");
            StateHasChanged();
        }
    }

    private string? ClassOf(string? code) => code == _chosen ? "chosen" : null;

    private ValueTask ChooseAsync(string? code) => js.InvokeVoidAsync("aniworldPage.chooseLanguage", code);
}
