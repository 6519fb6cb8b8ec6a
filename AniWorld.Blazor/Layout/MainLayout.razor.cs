using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace AniWorld.Blazor.Layout;

/// <summary>The shell around every page: bar, navigation, content, and what happens when a page breaks.</summary>
public sealed partial class MainLayout(Shortcuts shortcuts) : LayoutComponentBase
{
    private ElementReference _content;
    private ErrorBoundary? _boundary;

    /// <summary>Another page starts afresh after one that broke.</summary>
    protected override void OnParametersSet() => _boundary?.Recover();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await shortcuts.ListenAsync();
        }
    }

    private void Recover() => _boundary?.Recover();

    private async Task SkipToContentAsync() => await _content.FocusAsync();
}
