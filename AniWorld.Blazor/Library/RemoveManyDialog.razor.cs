using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace AniWorld.Blazor.Library;

/// <summary>Asks before several series are removed. Its result says whether their folders go too.</summary>
public sealed partial class RemoveManyDialog : ComponentBase
{
    private bool _files;

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    /// <summary>How many.</summary>
    [Parameter, EditorRequired]
    public required int Series { get; set; }
}
