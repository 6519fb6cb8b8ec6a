using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Welcome;

/// <summary>What to do next, and which steps were skipped.</summary>
public sealed partial class WelcomeDone : ComponentBase
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<WelcomeStep> Open { get; set; }
}
