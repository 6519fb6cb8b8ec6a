using AniWorld.Blazor.Layout;
using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace AniWorld.Blazor.Policy;

/// <summary>The filters that the user keeps: to show, to save, to forget.</summary>
public sealed partial class SavedFilterMenu(SavedFilters filters, UserActions actions, IDialogService dialogs) : ComponentBase
{
    /// <summary>The filter that is shown, as the address has it; empty for none.</summary>
    [Parameter, EditorRequired]
    public required string Current { get; set; }

    [Parameter]
    public EventCallback<string> OnChosen { get; set; }

    private async Task SaveAsync()
    {
        var dialog = await dialogs.ShowAsync<SaveFilterDialog>(MissingTexts.Text("save_title"));
        if (await dialog.Result is { Canceled: false, Data: string name })
        {
            await DoAsync(
                () => filters.SaveAsync(new SavedFilter { Name = name, Query = Current }),
                () => actions.Say(MissingTexts.Text("filter_saved", name), Severity.Success));
        }
    }

    private Task<bool> RemoveAsync(SavedFilter filter) => DoAsync(
        () => filters.RemoveAsync(filter.Name),
        () => actions.Offer(MissingTexts.Text("filter_removed", filter.Name), MissingTexts.Text("undo"), () => filters.SaveAsync(filter)));

    private Task<bool> DoAsync(Func<Task<string?>> change, Action done) => actions.TryAsync(async () =>
    {
        if (await change() is { } problem)
        {
            actions.Say(problem, Severity.Error);
        }
        else
        {
            done();
        }
    });
}
