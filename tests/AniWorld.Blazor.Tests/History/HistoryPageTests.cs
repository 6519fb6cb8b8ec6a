using AniWorld.Blazor.History;
using AniWorld.Data.History;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Blazor.Tests.History;

public sealed class HistoryPageTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly PageWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void Days_have_their_headings_and_events_their_sentences()
    {
        _world.AddSeries("Mondlotse", 2);
        Add(HistoryEvent.OfEpisode("file.removed", "mond-lotse", 1, 1, ("path", "a.mp4")));
        Add(HistoryEvent.Of("auth.login", ("address", "127.0.0.1")), day: -1);

        var page = At("history");

        Assert.Equal([HistoryTexts.Of("Today"), HistoryTexts.Of("Yesterday")], page.FindAll(".history-day h2").Select(day => day.TextContent));
        Assert.Contains("Mondlotse S01E01", page.FindAll(".history-row")[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("series/mond-lotse", page.Find(".history-link").GetAttribute("href"));
    }

    [Fact]
    public void The_address_says_what_is_shown()
    {
        Add(HistoryEvent.Of("auth.login", ("address", "10.0.0.1")));
        Add(HistoryEvent.Of("auth.login", ("address", "10.0.0.2")), day: -40);
        Add(HistoryEvent.Of("auth.logout", ("address", "10.0.0.1")));

        Assert.Single(At("history?kind=auth.login&period=month").FindAll(".history-row"));
        Assert.Equal(3, At("history?kind=auth").FindAll(".history-row").Count);
        Assert.Single(At("history?q=10.0.0.2").FindAll(".history-row"));
        Assert.Equal(HistoryTexts.Of("NoMatchTitle"), At("history?key=unknown").Find(".state-title").TextContent);
    }

    [Fact]
    public void Fifty_stand_on_a_page()
    {
        for (var i = 0; i < 60; i++)
        {
            Add(HistoryEvent.Of("auth.logout", ("address", $"{i}")));
        }

        Assert.Equal(50, At("history").FindAll(".history-row").Count);
        Assert.Equal(10, At("history?page=2").FindAll(".history-row").Count);
    }

    [Fact]
    public void Nothing_yet_is_said_as_such() => Assert.Equal(HistoryTexts.Of("EmptyTitle"), At("history").Find(".state-title").TextContent);

    private IRenderedComponent<HistoryPage> At(string address)
    {
        _world.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var page = _world.Render<HistoryPage>();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".history-row, .state-title")), Patience);
        return page;
    }

    private void Add(HistoryEvent happened, int day = 0)
    {
        using var database = _world.Database();
        happened.CreatedAt = _world.Time.GetUtcNow().AddDays(day);
        database.Add(happened);
        database.SaveChanges();
    }
}
