using AniWorld.Blazor.Layout;
using AniWorld.Services.Downloads;
using AniWorld.Services.Library;
using AniWorld.Services.Policy;
using AniWorld.Services.Scheduling;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace AniWorld.Blazor.Library;

/// <summary>Does something to many series and says what became of it, with a way back where there is one.</summary>
public sealed class BulkActions(
    AnimeService anime,
    MissingService missing,
    CatalogueRefresh refresh,
    ScheduleService schedule,
    ScanService scans,
    UserActions actions,
    NavigationManager navigation)
{
    public async Task FetchMissingAsync(IReadOnlyList<string> keys, BulkWork work)
    {
        var (added, skipped) = (0, new List<SkippedEpisode>());
        await work.EachAsync(await ChosenAsync(keys), async series =>
        {
            var result = await missing.FetchAsync(Missing(series));
            added += result.Added;
            skipped.AddRange(result.Skipped);
            return true;
        });
        if (added == 0)
        {
            actions.Say(skipped.Count == 0 ? LibraryTexts.Of("NothingMissing") : LibraryTexts.Of("NothingQueued", EnqueueSentence.Reasons(skipped)));
            return;
        }

        actions.Offer(LibraryTexts.Count("Queued", added), LibraryTexts.Of("ShowQueue"), () =>
        {
            navigation.NavigateTo("queue");
            return Task.CompletedTask;
        });
    }

    public async Task IgnoreMissingAsync(IReadOnlyList<string> keys, BulkWork work)
    {
        var ignored = new List<EpisodeKey>();
        await work.EachAsync(await ChosenAsync(keys), async series =>
        {
            var episodes = Missing(series);
            await missing.SetAsync(episodes, ignored: true, wanted: null);
            ignored.AddRange(episodes);
            return true;
        });
        if (ignored.Count == 0)
        {
            actions.Say(LibraryTexts.Of("NothingMissing"));
            return;
        }

        actions.Offer(LibraryTexts.Count("Ignored", ignored.Count), LibraryTexts.Of("Undo"), () => missing.SetAsync(ignored, ignored: false, wanted: null));
    }

    /// <param name="profile"><see langword="null"/> for the general one.</param>
    public async Task FollowAsync(IReadOnlyList<string> keys, string? profile, BulkWork work)
    {
        var done = await work.EachAsync(await ChosenAsync(keys), series => FollowAsync(series.Key, profile));
        Tell("Followed", done.Count, async () =>
        {
            foreach (var series in done)
            {
                await FollowAsync(series.Key, series.LanguageProfile);
            }
        });
    }

    public async Task MonitorAsync(IReadOnlyList<string> keys, bool monitored, BulkWork work)
    {
        var others = (await ChosenAsync(keys)).Where(series => series.Monitored != monitored).ToList();
        var done = await work.EachAsync(others, series => MonitorAsync(series.Key, monitored));
        Tell(monitored ? "NowMonitored" : "NowUnmonitored", done.Count, async () =>
        {
            foreach (var series in done)
            {
                await MonitorAsync(series.Key, !monitored);
            }
        });
    }

    /// <summary>The catalogue is looked at in the background, at its own pace.</summary>
    public async Task RefreshAsync(IReadOnlyList<string> keys, BulkWork work)
    {
        var count = await refresh.HurryAsync(keys);
        await schedule.RunNowAsync(JobNames.CatalogueRefresh);
        actions.Say(LibraryTexts.Count("Refreshing", count));
    }

    public async Task RescanAsync(IReadOnlyList<string> keys, BulkWork work)
    {
        if (await scans.StartAsync(keys, offline: true) is ScanStart.AlreadyRunning)
        {
            actions.Say(LibraryTexts.Of("ScanRunsAlready"), Severity.Warning);
        }
    }

    /// <param name="files">Their folders go to the trash.</param>
    public async Task RemoveAsync(IReadOnlyList<string> keys, bool files, BulkWork work)
    {
        var done = await work.EachAsync(keys, key => anime.DeleteAsync(key, files));
        Tell("Removed", done.Count, async () =>
        {
            foreach (var key in done)
            {
                await anime.RestoreAsync(key);
            }

            actions.Say(LibraryTexts.Count("Restored", done.Count));
        });
    }

    /// <summary>With a way back, unless there is nothing to take back.</summary>
    private void Tell(string text, int done, Func<Task> undo)
    {
        if (done == 0)
        {
            actions.Say(LibraryTexts.Count(text, done));
        }
        else
        {
            actions.Offer(LibraryTexts.Count(text, done), LibraryTexts.Of("Undo"), undo);
        }
    }

    private static List<EpisodeKey> Missing(SeriesSummary series) =>
        [.. series.Missing.SelectMany(season => season.Value.Select(number => new EpisodeKey(series.Key, season.Key, number)))];

    private async Task<bool> FollowAsync(string key, string? profile) =>
        await anime.ChangeAsync(key, new SeriesChange { LanguageProfile = new Given<string?>(profile) }) is SeriesChangeResult.Changed;

    private async Task<bool> MonitorAsync(string key, bool monitored) =>
        await anime.ChangeAsync(key, new SeriesChange { Monitored = monitored }) is SeriesChangeResult.Changed;

    private async Task<List<SeriesSummary>> ChosenAsync(IReadOnlyList<string> keys)
    {
        var chosen = keys.ToHashSet();
        return [.. (await anime.ListAsync(new SeriesQuery { All = true })).Items.Where(series => chosen.Contains(series.Key))];
    }
}
