using AniWorld.Blazor.Layout;
using AniWorld.Services.Catalogue;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Welcome;

/// <summary>Asks which catalogues are to be used, or where another one is.</summary>
public sealed partial class WelcomeSource(ProviderRegistry providers) : ComponentBase, IDisposable
{
    private Action? _refresh;

    public void Dispose() => providers.Changed -= _refresh;

    protected override void OnInitialized() => providers.Changed += _refresh = ReaderLanguage.Keep(() => _ = InvokeAsync(StateHasChanged));
}
