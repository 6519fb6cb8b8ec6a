using AniWorld.Blazor.Scheduling;
using AniWorld.Data.Scheduling;
using AniWorld.Services;
using AniWorld.Services.Configuration;
using AniWorld.Services.Scheduling;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace AniWorld.Blazor.Tests.Scheduling;

public sealed class TasksPageTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly PageWorld _world = new();

    private ConfigService Configuration => _world.Services.GetRequiredService<ConfigService>();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void Every_job_says_in_words_when_it_runs_and_how_it_went()
    {
        using (var database = _world.Database())
        {
            var at = _world.Time.GetUtcNow().AddHours(-1);
            database.Add(new JobRun { Job = JobNames.GapFill, StartedAt = at, FinishedAt = at.AddSeconds(83), Outcome = "failed", Message = "No way." });
            database.Add(new JobRun { Job = JobNames.LibraryRescan, StartedAt = at, FinishedAt = at, Outcome = "done", Message = StoredSentence.Write(new Sentence("job_scanned", 5, 2)) });
            database.SaveChanges();
        }

        var page = Show();

        Assert.Equal(
            [JobNames.DailyBackup, JobNames.LibraryRescan, JobNames.CatalogueRefresh, JobNames.GapFill, JobNames.IntegrityCheck, JobNames.CleanUp],
            page.FindAll(".task-row").Select(row => row.GetAttribute("data-job")));
        Assert.Contains(TaskTexts.Of("EveryDay", "03:00"), Row(page, JobNames.LibraryRescan).TextContent, StringComparison.Ordinal);
        Assert.Contains(TaskTexts.Of("EveryMinutes", 30), Row(page, JobNames.CatalogueRefresh).TextContent, StringComparison.Ordinal);
        var gapFill = Row(page, JobNames.GapFill).TextContent;
        Assert.Contains(TaskTexts.Outcome("failed"), gapFill, StringComparison.Ordinal);
        Assert.Contains("1 min 23 s", gapFill, StringComparison.Ordinal);
        Assert.Contains("No way.", gapFill, StringComparison.Ordinal);
        Assert.Contains("Files: 5. Missing episodes: 2.", Row(page, JobNames.LibraryRescan).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_runs_at_a_click()
    {
        var page = Show();

        await Row(page, JobNames.CleanUp).QuerySelector("button[aria-label^='Run now']")!.ClickAsync(new());

        _world.Eventually(() => Assert.Contains(TaskTexts.Outcome("done"), Row(page, JobNames.CleanUp).TextContent, StringComparison.Ordinal));
        Assert.Equal("done", (await _world.Services.GetRequiredService<JobRuns>().LastAsync(JobNames.CleanUp, Xunit.TestContext.Current.CancellationToken))!.Outcome);
    }

    [Fact]
    public async Task Switching_one_off_takes_its_next_time_away()
    {
        var page = Show();

        await Row(page, JobNames.GapFill).QuerySelector("input[type=checkbox]")!.ChangeAsync(new() { Value = false });

        page.WaitForAssertion(() => Assert.Contains(TaskTexts.Of("Never"), Row(page, JobNames.GapFill).TextContent, StringComparison.Ordinal), Patience);
        Assert.False(Configuration.Current.Scheduler.Jobs[JobNames.GapFill].Enabled);
    }

    [Fact]
    public async Task A_time_chosen_in_the_editor_is_kept_as_the_older_programs_understand_it()
    {
        var dialogs = _world.Render<MudDialogProvider>();
        var page = Show();

        var editing = Row(page, JobNames.LibraryRescan).QuerySelector("button[aria-label^='Change time']")!.ClickAsync(new());
        dialogs.WaitForAssertion(() => Assert.Equal(5, dialogs.FindAll(".schedule-preview li").Count), Patience);
        await dialogs.Find("input[type=time]").InputAsync(new() { Value = "04:15" });
        Assert.Contains(TaskTexts.Of("EveryDay", "04:15"), dialogs.Find(".schedule-preview").TextContent, StringComparison.Ordinal);
        await dialogs.FindAll("button").Single(button => button.TextContent.Trim() == TaskTexts.Of("Save")).ClickAsync(new());
        await editing;

        Assert.Equal("04:15", Configuration.Current.Scheduler.ScheduleTime);
        Assert.Null(Configuration.Current.Scheduler.Cron);
        page.WaitForAssertion(
            () => Assert.Contains(TaskTexts.Of("EveryDay", "04:15"), Row(page, JobNames.LibraryRescan).TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task With_the_schedule_switched_off_the_page_says_so_and_has_the_switch()
    {
        await Configuration.PutAsync(JobChange.SwitchAll(false), Xunit.TestContext.Current.CancellationToken);
        var page = Show();

        await page.Find(".mud-alert button").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".mud-alert")), Patience);
        Assert.True(Configuration.Current.Scheduler.Enabled);
    }

    private static AngleSharp.Dom.IElement Row(IRenderedComponent<TasksPage> page, string job) => page.Find($"[data-job='{job}']");

    private IRenderedComponent<TasksPage> Show()
    {
        var page = _world.Render<TasksPage>();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".task-row")), Patience);
        return page;
    }
}
