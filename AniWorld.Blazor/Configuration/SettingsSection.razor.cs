using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Configuration;

/// <summary>Settings that belong together, with a sentence on what they are about.</summary>
public sealed partial class SettingsSection : ComponentBase
{
    /// <summary>For links to it: <c>settings#sources</c>.</summary>
    [Parameter, EditorRequired]
    public required string Id { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter, EditorRequired]
    public required string Text { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }
}
