using AniWorld.Blazor.Layout;
using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using MudBlazor;

namespace AniWorld.Blazor.Library;

/// <summary>What can be done with all selected series at once. What takes a while shows how far it is, and can be stopped between two series.</summary>
public sealed partial class BulkBar(BulkActions bulk, UserActions actions, IDialogService dialogs, IOptionsMonitor<AniWorldOptions> options)
    : ComponentBase, IDisposable
{
    private BulkWork? _work;

    [Parameter, EditorRequired]
    public required IReadOnlyCollection<string> Keys { get; set; }

    /// <summary>How many series are listed.</summary>
    [Parameter]
    public int Listed { get; set; }

    /// <summary>All that are listed are to be selected.</summary>
    [Parameter]
    public EventCallback OnAll { get; set; }

    [Parameter]
    public EventCallback OnClear { get; set; }

    /// <summary>Selecting ends.</summary>
    [Parameter]
    public EventCallback OnDone { get; set; }

    /// <summary>Something was done.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    private bool IsNothing => Keys.Count == 0;

    public void Dispose() => _work?.Cancel();

    /// <summary>One thing at a time.</summary>
    private async Task DoAsync(string name, Func<IReadOnlyList<string>, BulkWork, Task> action)
    {
        if (_work is not null)
        {
            return;
        }

        using var work = _work = new BulkWork(LibraryTexts.Of(name), Keys.Count, StateHasChanged);
        await actions.TryAsync(() => action([.. Keys], work));
        _work = null;
        if (work.Failure is { } failure)
        {
            actions.Say(failure, Severity.Error);
        }

        await OnChanged.InvokeAsync();
    }

    private Task FollowAsync(string? profile) => DoAsync("Profile", (keys, work) => bulk.FollowAsync(keys, profile, work));

    private async Task RemoveAsync()
    {
        var parameters = new DialogParameters<RemoveManyDialog> { { dialog => dialog.Series, Keys.Count } };
        var dialog = await dialogs.ShowAsync<RemoveManyDialog>(LibraryTexts.Count("RemoveTitle", Keys.Count), parameters);
        if (await dialog.Result is { Canceled: false, Data: bool files })
        {
            await DoAsync("Remove", (keys, work) => bulk.RemoveAsync(keys, files, work));
            await OnClear.InvokeAsync();
        }
    }
}
