using AniWorld.Data.Library;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Library;

/// <summary>Lets somebody say what files are heard and read in whose names do not say.</summary>
public sealed partial class FileLanguageMenu : ComponentBase
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<Language> Languages { get; set; }

    /// <summary>What stands on the button, and is its name; <see langword="null"/> for an icon alone.</summary>
    [Parameter]
    public string? Label { get; set; }

    /// <summary>What an icon is called.</summary>
    [Parameter]
    public string? Name { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    [Parameter]
    public EventCallback<Language> OnChoose { get; set; }
}
