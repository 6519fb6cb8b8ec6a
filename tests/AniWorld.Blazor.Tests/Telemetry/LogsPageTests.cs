using AniWorld.Blazor.Telemetry;
using AniWorld.Services.Configuration;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Events;

namespace AniWorld.Blazor.Tests.Telemetry;

public sealed class LogsPageTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly PageWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void New_lines_appear_by_themselves_until_it_is_paused()
    {
        Write(LogWorld.Line("one"));
        var page = At("logs");
        page.WaitForAssertion(() => Assert.Equal(["one"], Messages(page)), Patience);

        Write(LogWorld.Line("two"));
        Eventually(() => Assert.Equal(["two", "one"], Messages(page)));

        page.Find(".page-actions button").Click();
        page.WaitForAssertion(() => Assert.Equal(LogTexts.Of("Paused"), page.Find(".log-state").TextContent), Patience);
        Write(LogWorld.Line("three"));
        _world.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["two", "one"], Messages(page));

        page.Find(".page-actions button").Click();
        Eventually(() => Assert.Equal(["three", "two", "one"], Messages(page)));
    }

    [Fact]
    public void The_address_says_which_lines_are_shown()
    {
        Write(LogWorld.Line("calm"), LogWorld.Line("odd", "Warning"), LogWorld.Line("odd but calm"));

        var page = At("logs?level=warning&q=odd");

        page.WaitForAssertion(() => Assert.Equal(["odd"], Messages(page)), Patience);
        Assert.Equal(LogTexts.Level(LogEventLevel.Warning), page.Find(".log-level").TextContent);
    }

    [Fact]
    public void Older_lines_come_when_they_are_asked_for()
    {
        Write([.. Enumerable.Range(1, 150).Select(i => LogWorld.Line($"line {i}"))]);
        var page = At("logs");
        page.WaitForAssertion(() => Assert.Equal(100, Messages(page).Count), Patience);

        page.Find(".log-end button").Click();

        page.WaitForAssertion(() => Assert.Equal(150, Messages(page).Count), Patience);
        Assert.Equal("line 1", Messages(page)[^1]);
        Assert.Empty(page.FindAll(".log-end button"));
    }

    [Fact]
    public void An_empty_log_is_said_as_such_and_so_is_one_without_a_match()
    {
        var empty = At("logs");
        empty.WaitForAssertion(() => Assert.Equal(LogTexts.Of("EmptyTitle"), empty.Find(".state-title").TextContent), Patience);

        Write(LogWorld.Line("calm"));
        var none = At("logs?q=nothing");
        none.WaitForAssertion(() => Assert.Equal(LogTexts.Of("NoMatchTitle"), none.Find(".state-title").TextContent), Patience);
    }

    [Fact]
    public void Markup_in_a_line_is_text()
    {
        Write(LogWorld.Line("<img src=x onerror=alert(1)>", "Error", "<b>bad</b>"));

        var page = At("logs");

        page.WaitForAssertion(() => Assert.Equal(["<img src=x onerror=alert(1)>"], Messages(page)), Patience);
        Assert.Empty(page.FindAll("img, pre b"));
    }

    private static List<string> Messages(IRenderedComponent<LogsPage> page) => [.. page.FindAll(".log-message").Select(line => line.TextContent)];

    private void Eventually(Action assertion) => _world.Eventually(assertion);

    private IRenderedComponent<LogsPage> At(string address)
    {
        _world.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return _world.Render<LogsPage>();
    }

    private void Write(params string[] lines)
    {
        var folder = Directory.CreateDirectory(_world.Services.GetRequiredService<DataFolder>().Logs).FullName;
        File.AppendAllText(Path.Join(folder, "aniworld-20261122.json"), string.Concat(lines));
    }
}
