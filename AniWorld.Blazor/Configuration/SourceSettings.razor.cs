using AniWorld.Services.Catalogue;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Configuration;

/// <summary>Each catalogue: whether it is on, where it is, how often it may be asked; and which site profiles cannot be used.</summary>
public sealed partial class SourceSettings(ProviderRegistry providers) : ComponentBase, IDisposable
{
    public void Dispose() => providers.Changed -= Refresh;

    protected override void OnInitialized() => providers.Changed += Refresh;

    private void Refresh() => _ = InvokeAsync(StateHasChanged);
}
