using System.Globalization;
using AniWorld.Services.Configuration;
using AniWorld.Services.Scheduling;

namespace AniWorld.Services.Downloads;

/// <summary>Which speed limit holds when.</summary>
internal static class SpeedSchedule
{
    /// <summary>The limit at a moment: of the first rule whose hours it is in, else the general one.</summary>
    /// <remarks>
    /// Read off the wall clock of the schedule's time zone. Where clocks are put forward or back, a rule holds for as long as they show its
    /// hours, be that an hour less or more.
    /// </remarks>
    public static SpeedLimit At(DateTimeOffset moment, AniWorldOptions options)
    {
        var local = TimeZoneInfo.ConvertTime(moment, Schedule.ZoneOf(options.Scheduler.TimeZone)).DateTime;
        var rule = options.Downloads.SpeedSchedule.FirstOrDefault(rule => Holds(rule, local));
        return new SpeedLimit(rule?.LimitMbps ?? options.Downloads.SpeedLimitMbps, rule);
    }

    /// <summary>Hours that pass midnight belong to the day on which they begin; the same time twice is a whole day.</summary>
    private static bool Holds(SpeedRule rule, DateTime local)
    {
        var (from, to, time) = (TimeOf(rule.From), TimeOf(rule.To), TimeOnly.FromDateTime(local));
        return from < to
            ? IsOn(rule, local) && from <= time && time < to
            : (IsOn(rule, local) && from <= time) || (IsOn(rule, local.AddDays(-1)) && time < to);
    }

    private static bool IsOn(SpeedRule rule, DateTime day) =>
        rule.Days.Count == 0 || rule.Days.Contains(Schedule.Days[((int)day.DayOfWeek + 6) % 7]);

    private static TimeOnly TimeOf(string text) => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);
}

/// <summary>How fast all downloads together may be.</summary>
/// <param name="MebibytesPerSecond">0 for no limit.</param>
/// <param name="Rule">The hours that it comes from; <see langword="null"/> for the general limit.</param>
public sealed record SpeedLimit(double MebibytesPerSecond, SpeedRule? Rule)
{
    /// <summary>Rounded up: a limit, however low, never becomes none.</summary>
    internal long BytesPerSecond => (long)Math.Ceiling(MebibytesPerSecond * (1 << 20));
}
