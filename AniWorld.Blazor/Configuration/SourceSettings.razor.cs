using AniWorld.Blazor.Layout;
using AniWorld.Services.Catalogue;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Configuration;

/// <summary>Each catalogue: whether it is on, where it is, how often it may be asked; and which site profiles cannot be used.</summary>
public sealed partial class SourceSettings(ProviderRegistry providers) : ComponentBase, IDisposable
{
    private Action? _refresh;

    public void Dispose() => providers.Changed -= _refresh;

    protected override void OnInitialized() => providers.Changed += _refresh = ReaderLanguage.Keep(() => _ = InvokeAsync(StateHasChanged));
}
