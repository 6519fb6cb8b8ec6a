using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace AniWorld.Blazor.Configuration;

/// <summary>Asks before a backup takes the place of what is. Its result is the list of the parts to restore.</summary>
public sealed partial class RestoreDialog : ComponentBase
{
    private readonly HashSet<string> _chosen = [];

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    /// <summary>When the backup was made, as the page shows it.</summary>
    [Parameter, EditorRequired]
    public required string MadeAt { get; set; }

    /// <summary>What the backup holds.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Parts { get; set; }

    protected override void OnInitialized() => _chosen.UnionWith(Parts);

    private void Choose(string part, bool wanted)
    {
        if (wanted)
        {
            _chosen.Add(part);
        }
        else
        {
            _chosen.Remove(part);
        }
    }

    private void Confirm() => Dialog.Close(DialogResult.Ok<IReadOnlyList<string>>([.. Parts.Where(_chosen.Contains)]));
}
