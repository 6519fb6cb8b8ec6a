using AniWorld.Services.Catalogue;

namespace AniWorld.Services.Tests.Catalogue;

public sealed class RefreshForecastTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_thousand_series_take_as_long_as_the_pace_says() =>
        Assert.Equal(Noon.AddMinutes(4_000 / 60.0), RefreshForecast.DoneAt(Noon, 4_000, 60, leftToday: 5_000, perDay: 5_000));

    [Fact]
    public void What_todays_budget_does_not_allow_follows_after_midnight() =>
        Assert.Equal(Noon.AddHours(12).AddMinutes(3_000 / 60.0), RefreshForecast.DoneAt(Noon, 4_000, 60, leftToday: 1_000, perDay: 5_000));

    [Fact]
    public void A_small_budget_spreads_it_over_days() =>
        Assert.Equal(Noon.AddHours(12).AddDays(2).AddMinutes(1_000 / 60.0), RefreshForecast.DoneAt(Noon, 4_000, 60, leftToday: 1_000, perDay: 1_000));

    [Fact]
    public void A_slow_pace_is_the_limit_where_the_budget_is_generous() =>
        Assert.Equal(Noon.AddMinutes(1_000), RefreshForecast.DoneAt(Noon, 1_000, 1, leftToday: 5_000, perDay: 5_000));

    [Fact]
    public void Nothing_to_ask_is_done_now() => Assert.Equal(Noon, RefreshForecast.DoneAt(Noon, 0, 60, 0, 10));
}
