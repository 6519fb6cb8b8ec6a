using AniWorld.Data.Library;
using AniWorld.Services.Library;

namespace AniWorld.Services.Tests.Library;

public sealed class RefreshPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Added = Now.AddDays(-400);

    [Fact]
    public void A_series_that_airs_weekly_is_looked_at_a_little_before_its_hour() =>
        Assert.Equal(new RefreshPlan(Now.AddDays(5).AddHours(-3), RefreshReason.Airing), Of(Weekly(Language.DeSub, 3, -2)));

    [Fact]
    public void One_that_is_late_is_looked_at_again_and_again_with_longer_waits()
    {
        Assert.Equal(Now.AddHours(3), Of(Weekly(Language.DeSub, 3, -7)).Next);
        Assert.Equal(Now.AddHours(12), Of(Weekly(Language.DeSub, 3, -8)).Next);
        Assert.Equal(Now.AddDays(1), Of(Weekly(Language.DeSub, 3, -11)).Next);
    }

    [Fact]
    public void A_dub_that_follows_steadily_is_waited_for_when_the_rest_is_over()
    {
        var plan = Of([.. Weekly(Language.DeSub, 12, -60), .. Weekly(Language.DeDub, 5, -1)]);

        Assert.Equal(new RefreshPlan(Now.AddDays(6).AddHours(-3), RefreshReason.DubLag), plan);
    }

    [Fact]
    public void While_both_come_the_sooner_one_counts() =>
        Assert.Equal(Now.AddDays(2).AddHours(-3), Of([.. Weekly(Language.DeSub, 12, -5), .. Weekly(Language.DeDub, 5, -1)]).Next);

    [Theory]
    [InlineData(-3, 1, RefreshReason.Recent)]
    [InlineData(-14, 2, RefreshReason.Recent)]
    [InlineData(-70, 10, RefreshReason.Finished)]
    [InlineData(-182, 26, RefreshReason.Dormant)]
    [InlineData(-390, 28, RefreshReason.Dormant)]
    public void The_longer_nothing_has_come_the_less_often_it_is_looked_at(int lastDay, int waitDays, string reason) =>
        Assert.Equal(new RefreshPlan(Now.AddDays(waitDays), reason), Of([Offer(Language.DeSub, 1, lastDay)]));

    [Fact]
    public void What_was_there_when_the_series_was_added_says_nothing() =>
        Assert.Equal(
            new RefreshPlan(Now.AddDays(1), RefreshReason.Recent),
            RefreshPlan.Of([.. Weekly(Language.DeSub, 3, -2)], since: Now.AddHours(-1), hours: null, Now, 0));

    [Fact]
    public void The_users_own_interval_counts_before_all() =>
        Assert.Equal(new RefreshPlan(Now.AddHours(72), RefreshReason.Chosen), RefreshPlan.Of([.. Weekly(Language.DeSub, 3, -2)], Added, 72, Now, 0.9));

    [Fact]
    public void Series_of_one_age_are_not_due_at_one_moment() =>
        Assert.Equal(
            10,
            Enumerable.Range(0, 10).Select(i => RefreshPlan.Of([], Added, null, Now, i / 10.0).Next).Distinct().Count());

    [Fact]
    public void After_failures_the_waits_grow_to_a_week()
    {
        Assert.Equal(Now.AddHours(2), RefreshPlan.AfterFailure(1, Now, 0).Next);
        Assert.Equal(Now.AddHours(16), RefreshPlan.AfterFailure(4, Now, 0).Next);
        Assert.Equal(Now.AddDays(7), RefreshPlan.AfterFailure(40, Now, 0).Next);
    }

    private static RefreshPlan Of(IReadOnlyCollection<RefreshPlan.Offer> offers) => RefreshPlan.Of(offers, Added, null, Now, 0);

    /// <summary>Episodes 1 to <paramref name="count"/>, a week apart, the last <paramref name="lastDay"/> days from now.</summary>
    private static RefreshPlan.Offer[] Weekly(Language language, int count, int lastDay) =>
        [.. Enumerable.Range(1, count).Select(number => Offer(language, number, lastDay - (7 * (count - number))))];

    private static RefreshPlan.Offer Offer(Language language, int number, int day) => new(1, number, language, Now.AddDays(day));
}
