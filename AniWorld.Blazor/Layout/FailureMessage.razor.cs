using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Layout;

/// <summary>That something failed, in a sentence, with the way to try it again.</summary>
public sealed partial class FailureMessage : ComponentBase
{
    [Parameter, EditorRequired]
    public required string Text { get; set; }

    [Parameter]
    public EventCallback OnRetry { get; set; }
}
