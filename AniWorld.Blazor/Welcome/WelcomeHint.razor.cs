using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Welcome;

/// <summary>Leads to the first steps for as long as some are open and they were neither gone through nor left.</summary>
public sealed partial class WelcomeHint(ConfigService configuration, ProviderRegistry providers) : ComponentBase
{
    private IReadOnlyList<WelcomeStep> Pending => WelcomeStep.Pending(configuration, providers);
}
