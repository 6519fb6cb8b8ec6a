using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace AniWorld.Blazor.Policy;

/// <summary>Asks for the name of a filter; the name is its result.</summary>
public sealed partial class SaveFilterDialog : ComponentBase
{
    private string _name = "";

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    private void Save()
    {
        if (!string.IsNullOrWhiteSpace(_name))
        {
            Dialog.Close(DialogResult.Ok(_name.Trim()));
        }
    }

    private void OnKey(KeyboardEventArgs pressed)
    {
        if (pressed.Key == "Enter")
        {
            Save();
        }
    }
}
