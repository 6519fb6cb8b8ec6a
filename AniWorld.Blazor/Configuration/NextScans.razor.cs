using AniWorld.Services.Configuration;
using AniWorld.Services.Scheduling;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Configuration;

/// <summary>When the library would be scanned by itself, as the draft says.</summary>
public sealed partial class NextScans(TimeProvider time) : ComponentBase, IDisposable
{
    private const int Shown = 3;

    [CascadingParameter]
    public required SettingsDraft Draft { get; set; }

    private IReadOnlyList<DateTimeOffset> Next { get; set; } = [];

    private string Zone { get; set; } = "";

    public void Dispose() => Draft.Changed -= Show;

    protected override void OnInitialized()
    {
        Draft.Changed += Show;
        Read();
    }

    private void Show()
    {
        Read();
        StateHasChanged();
    }

    private void Read()
    {
        Next = [];
        if (Draft.ProblemOf("scheduler") is not null || Draft.Get<string>("scheduler.cron") is { } cron && Schedule.CronProblem(cron) is not null)
        {
            return;
        }

        try
        {
            if (Schedule.From(Options) is { } schedule)
            {
                Next = [.. schedule.Next(time.GetUtcNow(), Shown).Select(due => TimeZoneInfo.ConvertTime(due, schedule.TimeZone))];
                Zone = schedule.TimeZone.Id;
            }
        }
        catch (Exception e) when (e is FormatException or TimeZoneNotFoundException or ArgumentException)
        {
            // Half typed; the field itself says what is wrong.
        }
    }

    private SchedulerOptions Options => new()
    {
        Enabled = Draft.Get<bool>("scheduler.enabled"),
        ScheduleTime = Draft.Get<string>("scheduler.schedule_time") ?? "",
        ScheduleDays = Draft.Get<List<string>>("scheduler.schedule_days") ?? [],
        Cron = Draft.Get<string>("scheduler.cron"),
        TimeZone = Draft.Get<string>("scheduler.time_zone"),
    };
}
