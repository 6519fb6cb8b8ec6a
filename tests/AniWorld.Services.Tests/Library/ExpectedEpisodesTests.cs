using AniWorld.Services.Library;

namespace AniWorld.Services.Tests.Library;

public sealed class ExpectedEpisodesTests
{
    private static readonly DateTimeOffset Today = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_weekly_series_is_expected_a_week_after_its_last_episode() =>
        Assert.Equal((1, 13, new DateOnly(2026, 11, 27)), Of((1, 10, -16), (1, 11, -9), (1, 12, -2)));

    [Fact]
    public void A_day_late_now_and_then_is_still_steady() =>
        Assert.Equal((1, 4, new DateOnly(2026, 11, 29)), Of((1, 1, -14), (1, 2, -6), (1, 3, 0)));

    [Fact]
    public void Two_episodes_on_one_day_count_as_one_appearance() =>
        Assert.Equal((1, 5, new DateOnly(2026, 11, 29)), Of((1, 1, -14), (1, 2, -7), (1, 3, 0), (1, 4, 0)));

    [Fact]
    public void Only_the_newest_season_counts() => Assert.Null(Of((1, 1, -21), (1, 2, -14), (1, 3, -7), (2, 1, 0)));

    [Theory]
    [InlineData(-7, 0, 0)]
    [InlineData(-30, -7, 0)]
    [InlineData(-100, -60, -20)]
    [InlineData(-50, -43, -36)]
    public void One_that_is_new_unsteady_seasonal_or_long_overdue_is_not_expected(int first, int second, int third) =>
        Assert.Null(Of((1, 1, first), (1, 2, second), (1, 3, third)));

    private static (int, int, DateOnly)? Of(params (int Season, int Number, int Day)[] appearances) =>
        ExpectedEpisodes.Next("key", "name", [.. appearances.Select(a => new ExpectedEpisodes.Appearance(a.Season, a.Number, Today.AddDays(a.Day)))], Today)
            is { } next ? (next.Season, next.Number, next.On) : null;
}
