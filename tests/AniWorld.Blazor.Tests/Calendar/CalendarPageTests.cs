using System.Globalization;
using AniWorld.Blazor.Calendar;
using AniWorld.Data.History;
using AniWorld.Services.Auth;
using AniWorld.Services.History;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Blazor.Tests.Calendar;

public sealed class CalendarPageTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly PageWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void A_month_shows_whole_weeks_and_each_entry_leads_to_its_series()
    {
        _world.AddSeries("Mondlotse", 12);
        Downloaded(day: 0, Enumerable.Range(1, 5));
        Downloaded(day: -1, [6]);

        var page = At("calendar");

        var cells = page.FindAll(".calendar-month td");
        Assert.Equal(0, cells.Count % 7);
        Assert.Equal(30, cells.Count(cell => cell.ClassName != "outside"));
        var today = page.Find("td.today");
        Assert.Equal("date", today.GetAttribute("aria-current"));
        Assert.Equal("series/mond-lotse", Assert.Single(today.QuerySelectorAll("a")).GetAttribute("href"));
        Assert.Contains(CalendarTexts.Count("Episodes", 5), today.TextContent, StringComparison.Ordinal);
        Assert.Contains(CalendarTexts.Of("State_Arrived"), today.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.FindAll(".calendar-agenda-day").Count);
    }

    [Fact]
    public void Week_and_month_are_turned_over_and_stand_in_the_address()
    {
        _world.AddSeries("Mondlotse", 1);
        var page = At("calendar?view=week&day=2026-10-07");
        Assert.Contains("October 2026", page.Find(".calendar-title").TextContent, StringComparison.Ordinal);
        Assert.Equal(CalendarTexts.Of("Empty_Week"), page.Find(".state-title").TextContent);

        page.Find($"button[aria-label='{CalendarTexts.Of("Later_Week")}']").Click();
        Assert.Contains("view=week", Address, StringComparison.Ordinal);
        Assert.Matches("day=2026-10-1[12]", Address);
        page.FindAll(".calendar-views button")[0].Click();
        Assert.EndsWith("?day=2026-10-01", Address, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal(MonthOf(10), page.Find(".calendar-title").TextContent), Patience);
        page.FindAll(".calendar-bar button")[^1].Click();
        Assert.EndsWith("/calendar", Address, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("calendar?day=nonsense")]
    [InlineData("calendar?day=0001-01-01")]
    [InlineData("calendar?view=year&day=9999-12-31")]
    public void An_address_that_makes_no_sense_shows_this_month(string address) =>
        Assert.Equal(MonthOf(11), At(address).Find(".calendar-title").TextContent);

    [Fact]
    public async Task An_address_for_calendar_programs_is_made_with_a_key_that_may_only_read()
    {
        _world.AddSeries("Mondlotse", 1);
        var page = At("calendar");

        await page.Find(".calendar-feed-actions button").ClickAsync(new());

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".access-key code")), Patience);
        var key = Assert.Single(await _world.Services.GetRequiredService<ApiKeyService>().ListAsync(Xunit.TestContext.Current.CancellationToken));
        Assert.Equal([Scope.Read], key.Scopes);
        Assert.Matches($"^http.*/api/calendar\\.ics\\?key=aw_{key.Prefix}_[0-9a-f]+$", page.Find(".access-key code").TextContent);
    }

    private static string MonthOf(int month) => new DateOnly(2026, month, 1).ToString("Y", CultureInfo.CurrentCulture);

    private string Address => _world.Services.GetRequiredService<NavigationManager>().Uri;

    private IRenderedComponent<CalendarPage> At(string address)
    {
        _world.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var page = _world.Render<CalendarPage>();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".calendar-legend")), Patience);
        return page;
    }

    private void Downloaded(int day, IEnumerable<int> numbers)
    {
        using var database = _world.Database();
        foreach (var number in numbers)
        {
            var happened = HistoryEvent.OfEpisode(HistoryKinds.Downloaded, "mond-lotse", 1, number);
            happened.CreatedAt = _world.Time.GetUtcNow().AddDays(day);
            database.Add(happened);
        }

        database.SaveChanges();
    }
}
