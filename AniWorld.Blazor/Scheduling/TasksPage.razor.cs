using System.Text.Json;
using AniWorld.Blazor.Layout;
using AniWorld.Services.Configuration;
using AniWorld.Services.Library;
using AniWorld.Services.Scheduling;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace AniWorld.Blazor.Scheduling;

/// <summary>What AniWorld does by itself: when, how it went, and a button for now.</summary>
public sealed partial class TasksPage(
    ScheduleService schedule, JobRuns runs, CatalogueRefresh refresh, ConfigService configuration, UserActions actions, IDialogService dialogs,
    IJSRuntime browser, TimeProvider time) : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private Refresher _refresher = null!;
    private Action _refresh = null!;
    private IReadOnlyList<JobState>? _jobs;
    private IReadOnlyList<SiteForecast> _due = [];
    private TimeZoneInfo? _zone;
    private string? _failure;

    public void Dispose()
    {
        runs.Changed -= Changed;
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _refresher = new Refresher(LoadAsync, time, _leaving.Token);
        _refresh = ReaderLanguage.Keep(() => _ = InvokeAsync(_refresher.Ask));
        runs.Changed += Changed;
        await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await UserTimeZone.AskAsync(browser) is { } zone)
        {
            _zone = zone;
            StateHasChanged();
        }
    }

    private void Changed(string job) => _refresh();

    private async Task LoadAsync()
    {
        try
        {
            _jobs = await schedule.ListAsync(_leaving.Token);
            _due = await refresh.ForecastAsync(_leaving.Token);
            _failure = null;
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception e)
        {
            _failure = FailureSentence.Of(e);
        }

        StateHasChanged();
    }

    /// <summary>How much of the catalogue is due, and when it will be done.</summary>
    private string? NoteOf(JobState job) => job.Name != JobNames.CatalogueRefresh || _due.All(site => site.Series == 0)
        ? null
        : string.Join(" ", _due.Where(site => site.Series > 0).Select(site => TaskTexts.Of(
            "DueAt", site.Series, site.Site, Amount.Moment(site.DoneAt, ZoneOf(job)))));

    private TimeZoneInfo ZoneOf(JobState job) => _zone ?? job.Schedule.TimeZone;

    private bool CanSwitch(JobState job) => job.Name == JobNames.DailyBackup || configuration.Current.Scheduler.Enabled;

    private async Task RunAsync(JobState job) => await actions.TryAsync(async () =>
    {
        actions.Say(TaskTexts.Of(await schedule.RunNowAsync(job.Name) ? "Started" : "RunsAlready", TaskTexts.NameOf(job.Name)));
        _refresher.Ask();
    });

    private async Task CancelAsync(JobState job) => await actions.TryAsync(async () =>
    {
        await schedule.CancelAsync(job.Name);
        _refresher.Ask();
    });

    private async Task EditAsync(JobState job)
    {
        var parameters = new DialogParameters<ScheduleDialog>
        {
            { dialog => dialog.Plan, CronPlan.Parse(job.Schedule.Cron) },
            { dialog => dialog.Default, job.DefaultCron },
            { dialog => dialog.ScheduleZone, job.Schedule.TimeZone },
            { dialog => dialog.Zone, ZoneOf(job) },
        };
        var dialog = await dialogs.ShowAsync<ScheduleDialog>(TaskTexts.NameOf(job.Name), parameters);
        if (await dialog.Result is { Canceled: false, Data: CronPlan plan })
        {
            await ChangeAsync(JobChange.Time(job.Name, plan));
        }
    }

    private async Task ChangeAsync(JsonElement patch)
    {
        await actions.TryAsync(async () =>
        {
            if (await configuration.PutAsync(patch) is ConfigChange.Invalid invalid)
            {
                actions.Say(string.Join(" ", invalid.Problems.Select(problem => Said.Of(problem))), Severity.Error);
            }
        });
        await LoadAsync();
    }
}
