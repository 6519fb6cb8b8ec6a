using AniWorld.Blazor.Welcome;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Dashboard;

/// <summary>What somebody who has just begun does next, with what is done already.</summary>
public sealed partial class NextSteps(ConfigService configuration, ProviderRegistry providers) : ComponentBase
{
    /// <summary>How many series there are.</summary>
    [Parameter, EditorRequired]
    public int Series { get; set; }

    private IReadOnlyList<Step> Steps =>
    [
        .. WelcomeStep.Pending(configuration, providers).Count > 0 ? [new Step("welcome", "welcome", IsDone: false, IsOptional: false)] : Array.Empty<Step>(),
        new("source", "settings#sources", IsDone: providers.Enabled.Count > 0, IsOptional: false),
        new("add", "add", IsDone: Series > 0, IsOptional: false),
        new("library", "import", IsDone: false, IsOptional: true),
        new("languages", "settings#languages", IsDone: false, IsOptional: true),
        new("notifications", "settings/notifications", IsDone: configuration.Current.Notifications.Count > 0, IsOptional: true),
    ];

    private sealed record Step(string Name, string Href, bool IsDone, bool IsOptional);
}
