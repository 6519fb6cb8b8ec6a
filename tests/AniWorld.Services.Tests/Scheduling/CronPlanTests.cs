using AniWorld.Services.Scheduling;

namespace AniWorld.Services.Tests.Scheduling;

public sealed class CronPlanTests
{
    [Theory]
    [InlineData("0 7/30 * * * ?", CronKind.Minutes)]
    [InlineData("0 20 * * * ?", CronKind.Hours)]
    [InlineData("0 5 0/6 * * ?", CronKind.Hours)]
    [InlineData("0 30 2 ? * *", CronKind.Daily)]
    [InlineData("0 0 3 ? * MON,SUN", CronKind.Weekly)]
    [InlineData("0 15 23 28 * ?", CronKind.Monthly)]
    [InlineData("0 0 12 ? * FRI#3", CronKind.Own)]
    public void What_can_be_said_simply_is_read_so_and_written_as_it_was(string cron, CronKind kind)
    {
        var plan = CronPlan.Parse(cron);

        Assert.Equal((kind, cron), (plan.Kind, plan.ToCron()));
    }

    [Theory]
    [InlineData("0 7/7 * * * ?")]
    [InlineData("0 0 2/5 * * ?")]
    [InlineData("30 0 3 * * ?")]
    [InlineData("0 0 3 31 * ?")]
    [InlineData("0 0 3 * 5 ?")]
    [InlineData("0 0 3 ? * 2-6")]
    [InlineData("not a cron")]
    public void What_says_more_is_kept_word_for_word(string cron) =>
        Assert.Equal((CronKind.Own, cron), (CronPlan.Parse(cron).Kind, CronPlan.Parse(cron).ToCron()));

    [Fact]
    public void Every_simple_plan_is_valid_and_comes_back_the_same()
    {
        foreach (var plan in Plans())
        {
            Assert.Null(Schedule.CronProblem(plan.ToCron()));
            Assert.Equal(plan.ToCron(), CronPlan.Parse(plan.ToCron()).ToCron());
            Assert.Equal(plan.Kind, CronPlan.Parse(plan.ToCron()).Kind);
        }
    }

    [Fact]
    public void All_days_of_the_week_are_every_day() =>
        Assert.Equal(CronKind.Daily, CronPlan.Parse(new CronPlan { Kind = CronKind.Weekly, Days = Schedule.Days }.ToCron()).Kind);

    private static IEnumerable<CronPlan> Plans() =>
    [
        .. CronPlan.MinuteSteps.Select(every => new CronPlan { Kind = CronKind.Minutes, Every = every, At = new TimeOnly(0, 59) }),
        .. CronPlan.HourSteps.Select(every => new CronPlan { Kind = CronKind.Hours, Every = every, At = new TimeOnly(0, 59) }),
        new() { Kind = CronKind.Daily, At = new TimeOnly(0, 0) },
        .. Schedule.Days.Select(day => new CronPlan { Kind = CronKind.Weekly, Days = [day], At = new TimeOnly(23, 59) }),
        .. Enumerable.Range(1, 28).Select(day => new CronPlan { Kind = CronKind.Monthly, DayOfMonth = day, At = new TimeOnly(4, 5) }),
    ];
}
