using System.Globalization;
using AniWorld.Blazor.Layout;
using AniWorld.Services.Scheduling;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace AniWorld.Blazor.Scheduling;

/// <summary>When a job runs, in plain words, with the next times as they come out. Its result is the chosen <see cref="CronPlan"/>.</summary>
public sealed partial class ScheduleDialog(TimeProvider time) : ComponentBase
{
    private const int Shown = 5;

    private CronPlan _plan = new();
    private IReadOnlyList<DateTimeOffset> _next = [];
    private string? _problem;

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    [Parameter, EditorRequired]
    public required CronPlan Plan { get; set; }

    /// <summary>The job's own expression.</summary>
    [Parameter, EditorRequired]
    public required string Default { get; set; }

    /// <summary>The zone whose wall clock counts.</summary>
    [Parameter, EditorRequired]
    public required TimeZoneInfo ScheduleZone { get; set; }

    /// <summary>The zone to show times in.</summary>
    [Parameter, EditorRequired]
    public required TimeZoneInfo Zone { get; set; }

    private string Time => _plan.At.ToString("HH:mm", CultureInfo.InvariantCulture);

    protected override void OnInitialized() => Set(Plan);

    /// <summary>The other kind begins with what it can take over of this one.</summary>
    private void Choose(CronKind kind) => Set(_plan with
    {
        Kind = kind,
        Every = kind is CronKind.Minutes ? 30 : kind is CronKind.Hours ? 6 : 1,
        Expression = _plan.ToCron(),
        Days = kind is CronKind.Weekly && _plan.Days.Count == 0 ? ["sat", "sun"] : _plan.Days,
    });

    private void SetTime(string? text)
    {
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
        {
            Set(_plan with { At = at });
        }
    }

    private void Set(CronPlan plan)
    {
        _plan = plan;
        var cron = plan.ToCron();
        _problem = Schedule.CronProblem(cron) is { } problem ? Said.Of(problem) : null;
        _next = _problem is null
            ? [.. Schedule.Of(cron, ScheduleZone.Id).Next(time.GetUtcNow(), Shown).Select(due => TimeZoneInfo.ConvertTime(due, Zone))]
            : [];
    }

    private void Save() => Dialog.Close(DialogResult.Ok(_plan));
}
