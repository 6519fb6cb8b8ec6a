using AniWorld.Blazor.Layout;
using AniWorld.Services.Backups;
using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using MudBlazor;

namespace AniWorld.Blazor.Configuration;

/// <summary>The earlier states that are kept: made, taken in, put in force, deleted. One thing at a time.</summary>
public sealed partial class BackupsPage(
    BackupService backups, RestoreService restore, ConfigService configuration, UserActions actions, IDialogService dialogs, TimeProvider time)
    : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private MudFileUpload<IBrowserFile>? _upload;
    private IReadOnlyList<Backup>? _backups;
    private string? _failure;
    private string? _doing;

    private bool IsBusy => _doing is not null;

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        try
        {
            // Each archive is looked into, which a page does not wait for.
            _backups = await Task.Run(backups.List, _leaving.Token);
            _failure = null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _failure = FailureSentence.Of(e);
        }
    }

    private Task MakeAsync() => DoAsync("Making", async () =>
    {
        await backups.MakeAsync();
        actions.Say(BackupTexts.Of("Made"), Severity.Success);
    });

    private async Task UploadAsync(IBrowserFile? file)
    {
        if (file is null)
        {
            return;
        }

        await DoAsync("Uploading", async () =>
        {
            await using var zip = file.OpenReadStream(configuration.Current.Limits.BackupBytes, _leaving.Token);
            switch (await backups.AddAsync(zip, _leaving.Token))
            {
                case UploadResult.Added:
                    actions.Say(BackupTexts.Of("Uploaded"), Severity.Success);
                    break;
                case UploadResult.Invalid(var reason):
                    actions.Say(BackupTexts.Of("Refused", Said.Of(reason)), Severity.Error);
                    break;
            }
        });
        await (_upload?.ClearAsync() ?? Task.CompletedTask);
    }

    private async Task RestoreAsync(Backup backup)
    {
        var parameters = new DialogParameters<RestoreDialog>
        {
            { dialog => dialog.MadeAt, Clock(backup.CreatedAt) },
            { dialog => dialog.Parts, backup.Parts },
        };
        var dialog = await dialogs.ShowAsync<RestoreDialog>(BackupTexts.Of("RestoreTitle"), parameters);
        if (await dialog.Result is { Canceled: false, Data: IReadOnlyList<string> parts })
        {
            // Not cancelled when the page is left: once confirmed, it runs to its end.
            await DoAsync("Restoring", async () => Say(await restore.RestoreAsync(backup.Name, parts)));
        }
    }

    private void Say(RestoreResult result)
    {
        switch (result)
        {
            case RestoreResult.Restored:
                actions.Say(BackupTexts.Of("Restored"), Severity.Success);
                break;
            case RestoreResult.UnknownBackup:
                actions.Say(BackupTexts.Of("Gone"), Severity.Warning);
                break;
            case RestoreResult.ScanRuns:
                actions.Say(BackupTexts.Of("ScanRuns"), Severity.Warning);
                break;
            case RestoreResult.Invalid(var problems):
                actions.Say(BackupTexts.Of("Refused", string.Join(" ", problems.Select(problem => Said.Of(problem)))), Severity.Error);
                break;
        }
    }

    private async Task DeleteAsync(Backup backup)
    {
        var sure = await dialogs.ShowMessageBoxAsync(
            BackupTexts.Of("DeleteTitle"), BackupTexts.Of("DeleteText", Clock(backup.CreatedAt)), BackupTexts.Of("Delete"),
            cancelText: BackupTexts.Of("Cancel"));
        if (sure is true)
        {
            await DoAsync("Delete", () =>
            {
                actions.Say(BackupTexts.Of(backups.Delete(backup.Name) ? "Deleted" : "Gone"));
                return Task.CompletedTask;
            });
        }
    }

    /// <param name="doing">Name of the text that says what is done.</param>
    private async Task DoAsync(string doing, Func<Task> action)
    {
        if (IsBusy)
        {
            return;
        }

        _doing = BackupTexts.Of(doing);
        StateHasChanged();
        try
        {
            await actions.TryAsync(action);
            await LoadAsync();
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
        finally
        {
            _doing = null;
        }
    }

    private string Clock(DateTimeOffset moment) =>
        SaidDate.Of(TimeZoneInfo.ConvertTime(moment, time.LocalTimeZone), "d MMM yyyy, HH:mm:ss");
}
