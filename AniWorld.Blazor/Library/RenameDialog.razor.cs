using AniWorld.Services.Library;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace AniWorld.Blazor.Library;

/// <summary>Shows what renaming a series' files would do, before it is done. Its result says whether the last renaming is to be taken back instead.</summary>
public sealed partial class RenameDialog : ComponentBase
{
    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    [Parameter, EditorRequired]
    public required RenamePlan Plan { get; set; }

    /// <summary>When they were last renamed; <see langword="null"/> when there is nothing to take back.</summary>
    [Parameter]
    public DateTimeOffset? LastRename { get; set; }

    private void Close(bool undo) => Dialog.Close(DialogResult.Ok(undo));
}
