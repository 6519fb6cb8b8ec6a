using AniWorld.Blazor.Layout;
using AniWorld.Services.Downloads;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace AniWorld.Blazor.Downloads;

/// <summary>Lets a download begin anew from another hoster.</summary>
public sealed partial class HosterDialog(QueueEdits edits, UserActions actions) : ComponentBase
{
    private IReadOnlyList<HosterChoice>? _hosters;
    private string? _failure;
    private bool _busy;

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    /// <summary>Of the download.</summary>
    [Parameter, EditorRequired]
    public Guid Id { get; set; }

    /// <summary>Series and episode.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        try
        {
            (_failure, _hosters) = (null, await edits.HostersAsync(Id));
        }
        catch (Exception e)
        {
            _failure = FailureSentence.Of(e);
        }
    }

    private async Task ChooseAsync(HosterChoice hoster)
    {
        _busy = true;
        await actions.TryAsync(async () => actions.Say(await edits.FetchFromAsync(Id, hoster.Name)
            ? QueueTexts.Of("HosterChosen", Name, hoster.Name)
            : QueueTexts.Of("HosterNot")));
        Dialog.Close();
    }
}
