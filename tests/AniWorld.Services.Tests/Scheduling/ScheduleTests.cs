using System.Globalization;
using AniWorld.Services.Configuration;
using AniWorld.Services.Scheduling;

namespace AniWorld.Services.Tests.Scheduling;

public sealed class ScheduleTests
{
    private static readonly SchedulerOptions Berlin = new() { TimeZone = "Europe/Berlin" };

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Next(SchedulerOptions options, string after, int count) =>
        Schedule.From(options)!.Next(At(after), count).Select(time => time.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture));

    [Fact]
    public void A_time_of_day_is_meant_by_the_wall_clock_of_its_zone() =>
        Assert.Equal(["2026-01-10T02:00Z", "2026-01-11T02:00Z"], Next(Berlin, "2026-01-09T02:00Z", 2));

    [Fact]
    public void It_stays_at_its_wall_time_when_summer_time_begins_and_ends()
    {
        Assert.Equal(["2026-03-28T02:00Z", "2026-03-29T01:00Z", "2026-03-30T01:00Z"], Next(Berlin, "2026-03-28T00:00Z", 3));
        Assert.Equal(["2026-10-24T01:00Z", "2026-10-25T02:00Z", "2026-10-26T02:00Z"], Next(Berlin, "2026-10-24T00:00Z", 3));
    }

    [Fact]
    public void A_time_that_the_clocks_leap_over_is_due_once_at_the_leap() =>
        Assert.Equal(
            ["2026-03-28T01:30Z", "2026-03-29T01:00Z", "2026-03-30T00:30Z"],
            Next(Berlin with { ScheduleTime = "02:30" }, "2026-03-28T00:00Z", 3));

    [Fact]
    public void A_time_that_comes_twice_is_due_once() =>
        Assert.Equal(
            ["2026-10-24T00:30Z", "2026-10-25T00:30Z", "2026-10-26T01:30Z"],
            Next(Berlin with { ScheduleTime = "02:30" }, "2026-10-24T00:00Z", 3));

    [Fact]
    public void Only_the_days_named_count() =>
        Assert.Equal(
            ["2026-01-12T02:00Z", "2026-01-18T02:00Z", "2026-01-19T02:00Z"],
            Next(Berlin with { ScheduleDays = ["mon", "sun"] }, "2026-01-11T02:00Z", 3));

    [Fact]
    public void A_cron_expression_wins() =>
        Assert.Equal(
            ["2026-01-10T10:15Z", "2026-01-10T22:15Z"],
            Next(Berlin with { Cron = "0 15 11,23 * * ?", ScheduleDays = ["mon"] }, "2026-01-10T00:00Z", 2));

    [Fact]
    public void An_expression_that_ends_has_no_further_times() =>
        Assert.Equal(["2027-01-01T00:00Z"], Next(new() { Cron = "0 0 0 1 1 ? 2027", TimeZone = "UTC" }, "2026-05-01T00:00Z", 5));

    [Fact]
    public void The_last_due_time_counts_the_present_moment()
    {
        var schedule = Schedule.From(Berlin)!;

        Assert.Equal(At("2026-01-10T02:00Z"), schedule.LastDue(At("2026-01-10T02:00Z")));
        Assert.Equal(At("2026-01-10T02:00Z"), schedule.LastDue(At("2026-01-11T01:59:59Z")));
    }

    [Fact]
    public void Switched_off_there_is_no_schedule() => Assert.Null(Schedule.From(new() { Enabled = false }));
}
