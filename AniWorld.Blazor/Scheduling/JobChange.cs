using System.Text.Json;
using System.Text.Json.Nodes;
using AniWorld.Services.Scheduling;

namespace AniWorld.Blazor.Scheduling;

/// <summary>What to change in the configuration for a job to run at another time, or not at all.</summary>
internal static class JobChange
{
    public static JsonElement Switch(string job, bool on) => Patch(job == JobNames.DailyBackup
        ? new JsonObject { ["backup"] = new JsonObject { ["enabled"] = on } }
        : Job(job, "enabled", on));

    /// <remarks>The library's scan keeps to time and days as long as they can say it, so that older programs understand them, too.</remarks>
    public static JsonElement Time(string job, CronPlan plan) => Patch(job != JobNames.LibraryRescan
        ? Job(job, "cron", plan.ToCron())
        : Scheduler(plan.Kind is CronKind.Daily or CronKind.Weekly
            ? new JsonObject
            {
                ["cron"] = null,
                ["schedule_time"] = plan.At.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture),
                ["schedule_days"] = new JsonArray([.. (plan.Kind is CronKind.Daily ? [] : plan.Days).Select(day => (JsonNode)day)]),
            }
            : new JsonObject { ["cron"] = plan.ToCron() }));

    /// <summary>All but the backups.</summary>
    public static JsonElement SwitchAll(bool on) => Patch(Scheduler(new JsonObject { ["enabled"] = on }));

    private static JsonObject Job(string job, string member, JsonNode value) =>
        Scheduler(new JsonObject { ["jobs"] = new JsonObject { [job] = new JsonObject { [member] = value } } });

    private static JsonObject Scheduler(JsonObject members) => new() { ["scheduler"] = members };

    private static JsonElement Patch(JsonObject patch) => JsonSerializer.SerializeToElement(patch);
}
