using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace AniWorld.Blazor.Layout;

/// <summary>The shell around every page: bar, navigation, content, and what happens when a page breaks.</summary>
public sealed partial class MainLayout : LayoutComponentBase
{
    private ElementReference _content;
    private ErrorBoundary? _boundary;
    private bool _dark;

    /// <summary>Another page starts afresh after one that broke.</summary>
    protected override void OnParametersSet() => _boundary?.Recover();

    private void ShowDark(bool dark) => _dark = dark;

    private void Recover() => _boundary?.Recover();

    private async Task SkipToContentAsync() => await _content.FocusAsync();
}
