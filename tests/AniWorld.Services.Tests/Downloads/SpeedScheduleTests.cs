using System.Globalization;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads;

namespace AniWorld.Services.Tests.Downloads;

/// <summary>Which limit holds at which hour, in Berlin: UTC+1, in summer UTC+2.</summary>
public sealed class SpeedScheduleTests
{
    [Theory]
    [InlineData("2026-11-23T17:59:59Z", 5)]
    [InlineData("2026-11-23T18:00:00Z", 1)]
    [InlineData("2026-11-23T20:59:59Z", 1)]
    [InlineData("2026-11-23T21:00:00Z", 5)]
    public void A_rule_holds_from_its_first_minute_until_before_its_last(string moment, double expected) =>
        Assert.Equal(expected, LimitAt(moment, new SpeedRule { From = "19:00", To = "22:00", LimitMbps = 1 }));

    [Theory]
    [InlineData("2026-11-20T20:59:00Z", 5)]
    [InlineData("2026-11-20T21:00:00Z", 0)] // Friday, 22:00
    [InlineData("2026-11-21T05:59:00Z", 0)] // Saturday, 6:59
    [InlineData("2026-11-21T06:00:00Z", 5)]
    [InlineData("2026-11-21T22:00:00Z", 5)] // Saturday evening
    [InlineData("2026-11-20T05:00:00Z", 5)] // Friday morning belongs to Thursday's night
    public void Hours_over_midnight_belong_to_the_day_on_which_they_begin(string moment, double expected) =>
        Assert.Equal(expected, LimitAt(moment, new SpeedRule { Days = ["fri"], From = "22:00", To = "07:00", LimitMbps = 0 }));

    [Theory]
    [InlineData("2026-11-21T23:00:00Z", 2)]
    [InlineData("2026-11-22T22:59:00Z", 2)]
    [InlineData("2026-11-22T23:00:00Z", 5)]
    public void The_same_time_twice_is_the_whole_day(string moment, double expected) =>
        Assert.Equal(expected, LimitAt(moment, new SpeedRule { Days = ["sun"], From = "00:00", To = "00:00", LimitMbps = 2 }));

    [Fact]
    public void Of_several_rules_the_first_one_counts()
    {
        var rule = new SpeedRule { From = "10:00", To = "14:00", LimitMbps = 1 };

        Assert.Equal(1, LimitAt("2026-11-22T11:00:00Z", rule, rule with { LimitMbps = 3 }));
    }

    /// <remarks>On 29 March 2026 at 01:00 UTC clocks go from 2:00 to 3:00, on 25 October from 3:00 to 2:00.</remarks>
    [Theory]
    [InlineData("2026-03-29T00:59:00Z", 5)] // 1:59
    [InlineData("2026-03-29T01:00:00Z", 1)] // 3:00; half past two is skipped
    [InlineData("2026-03-29T01:59:00Z", 1)]
    [InlineData("2026-03-29T02:00:00Z", 5)] // 4:00
    [InlineData("2026-10-25T00:29:00Z", 5)] // 2:29, the first time
    [InlineData("2026-10-25T00:30:00Z", 1)] // 2:30
    [InlineData("2026-10-25T01:29:00Z", 5)] // 2:29 again
    [InlineData("2026-10-25T01:30:00Z", 1)] // 2:30 again
    [InlineData("2026-10-25T02:59:00Z", 1)] // 3:59
    [InlineData("2026-10-25T03:00:00Z", 5)] // 4:00
    public void It_goes_by_what_the_clocks_show_also_when_they_are_changed(string moment, double expected) =>
        Assert.Equal(expected, LimitAt(moment, new SpeedRule { From = "02:30", To = "04:00", LimitMbps = 1 }));

    private static double LimitAt(string moment, params SpeedRule[] rules) => SpeedSchedule.At(
        DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture),
        new AniWorldOptions
        {
            Downloads = new DownloadOptions { SpeedLimitMbps = 5, SpeedSchedule = rules },
            Scheduler = new SchedulerOptions { TimeZone = "Europe/Berlin" },
        }).MebibytesPerSecond;
}
