using AniWorld.Blazor.Layout;
using AniWorld.Services.Library;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace AniWorld.Blazor.Library;

/// <summary>Does something to a whole series, asks before where that is due, and says what became of it.</summary>
public sealed class SeriesActions(
    AnimeService anime, BulkRename renames, UserActions actions, IDialogService dialogs, NavigationManager navigation)
{
    public Task MonitorAsync(string key, bool monitored) => anime.ChangeAsync(key, new SeriesChange { Monitored = monitored });

    /// <param name="profile">A language profile; <see langword="null"/> for the general one.</param>
    public Task FollowAsync(string key, string? profile) =>
        anime.ChangeAsync(key, new SeriesChange { LanguageProfile = new Given<string?>(profile) });

    /// <param name="hours">Between two looks at the catalogue; <see langword="null"/> for what was learnt.</param>
    public Task RefreshAsync(string key, int? hours) => anime.ChangeAsync(key, new SeriesChange { RefreshHours = new Given<int?>(hours) });

    public async Task RenameAsync(string key)
    {
        if (await renames.PlanAsync(key) is not { } plan)
        {
            return;
        }

        var parameters = new DialogParameters<RenameDialog>
        {
            { dialog => dialog.Plan, plan },
            { dialog => dialog.LastRename, renames.LastRename(key) },
        };
        var dialog = await dialogs.ShowAsync<RenameDialog>(
            KeepingTexts.Of("RenameFiles"), parameters, new DialogOptions { MaxWidth = MaxWidth.Large, FullWidth = true });
        if (await dialog.Result is { Canceled: false, Data: bool undo })
        {
            Tell(key, await (undo ? renames.UndoAsync(key) : renames.RunAsync(key)), undo);
        }
    }

    public async Task RemoveAsync(SeriesSummary series)
    {
        var parameters = new DialogParameters<RemoveSeriesDialog>
        {
            { dialog => dialog.Name, series.Name },
            { dialog => dialog.Folder, series.Folder },
        };
        var dialog = await dialogs.ShowAsync<RemoveSeriesDialog>(SeriesTexts.Of("RemoveTitle"), parameters);
        if (await dialog.Result is { Canceled: false, Data: bool files } && await actions.TryAsync(() => anime.DeleteAsync(series.Key, files)))
        {
            navigation.NavigateTo("library");
            actions.Offer(SeriesTexts.Of(files ? "RemovedWithFolder" : "Removed", series.Name), LibraryTexts.Of("Undo"), async () =>
            {
                await anime.RestoreAsync(series.Key);
                actions.Say(SeriesTexts.Of("Back", series.Name));
            });
        }
    }

    /// <summary>What could not be taken back, and why: nothing else would say so.</summary>
    private static string PartlyUndone(RenameResult.Renamed renamed)
    {
        var why = KeepingTexts.Obstacle(renamed.Left[0]);
        var kept = renamed.Left.Count == 1 ? KeepingTexts.Of("Kept_One", why) : KeepingTexts.Of("Kept_Many", renamed.Left.Count, why);
        return renamed.Videos == 0 ? kept : $"{KeepingTexts.Count("Undone", renamed.Videos)} {kept}";
    }

    private void Tell(string key, RenameResult result, bool undone)
    {
        switch (result)
        {
            case RenameResult.Renamed { Left.Count: > 0 } renamed when undone:
                actions.Say(PartlyUndone(renamed), Severity.Warning);
                break;
            case RenameResult.Renamed renamed when undone:
                actions.Say(KeepingTexts.Count("Undone", renamed.Videos));
                break;
            case RenameResult.Renamed renamed:
                actions.Offer(
                    KeepingTexts.Count("Renamed", renamed.Videos), KeepingTexts.Of("Undo"), async () => Tell(key, await renames.UndoAsync(key), undone: true));
                break;
            case RenameResult.NothingToDo:
                actions.Say(KeepingTexts.Of(undone ? "NothingToUndo" : "NothingToRename"));
                break;
            case RenameResult.ScanRuns:
                actions.Say(KeepingTexts.Of("ScanRuns"), Severity.Warning);
                break;
        }
    }
}
