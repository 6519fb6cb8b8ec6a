using System.Text.Json;
using System.Text.Json.Nodes;
using AniWorld.Blazor.Layout;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace AniWorld.Blazor.Catalogue;

/// <summary>Says that no catalogue is on, what that means, and switches one on.</summary>
public sealed partial class NoSource(ProviderRegistry providers, ConfigService configuration, UserActions actions) : ComponentBase
{
    private bool _busy;

    [Parameter]
    public EventCallback OnSwitchedOn { get; set; }

    private async Task SwitchOnAsync(string provider)
    {
        _busy = true;
        await actions.TryAsync(async () =>
        {
            var patch = new JsonObject { ["providers"] = new JsonObject { [provider] = new JsonObject { ["enabled"] = true } } };
            if (await configuration.PutAsync(JsonSerializer.SerializeToElement(patch)) is ConfigChange.Invalid(var problems))
            {
                actions.Say(string.Join(" ", problems.Select(problem => Said.Of(problem))), Severity.Error);
                return;
            }

            await OnSwitchedOn.InvokeAsync();
        });
        _busy = false;
    }
}
