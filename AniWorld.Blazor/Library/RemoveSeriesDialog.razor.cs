using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace AniWorld.Blazor.Library;

/// <summary>Asks before a series is removed. Its result says whether the folder goes too.</summary>
public sealed partial class RemoveSeriesDialog : ComponentBase
{
    private bool _files;

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    [Parameter, EditorRequired]
    public required string Name { get; set; }

    [Parameter, EditorRequired]
    public required string Folder { get; set; }
}
