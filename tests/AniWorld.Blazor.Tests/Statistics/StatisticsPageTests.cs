using AniWorld.Blazor.Statistics;
using AniWorld.Data.Library;
using AniWorld.Services.Progress;
using AniWorld.Services.Statistics;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Blazor.Tests.Statistics;

public sealed class StatisticsPageTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly PageWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Behind_every_chart_stand_its_figures()
    {
        Have(5);
        var speed = _world.Services.GetRequiredService<SpeedHistory>();
        await speed.StartAsync(Xunit.TestContext.Current.CancellationToken);
        _world.Happens(new DownloadProgressed(
            Guid.NewGuid(), "mond-lotse", "Mondlotse (2020)", 1, 1, DownloadPhase.Downloading, 10, 10, 100, 2 << 20, null));
        _world.Eventually(() => Assert.Equal(2 << 20, speed.Read()[^1].BytesPerSecond));

        var page = Shown();

        Assert.Equal(5, page.FindAll("figure").Count);
        Assert.All(page.FindAll("figure"), figure => Assert.NotEmpty(figure.QuerySelectorAll("tbody tr")));
        Assert.All(page.FindAll(".chart-picture"), picture => Assert.Equal("true", picture.GetAttribute("aria-hidden")));
        Assert.All(page.FindAll(".chart-picture"), picture => Assert.NotEmpty(picture.QuerySelectorAll("svg")));
        Assert.Equal(SpeedHistory.Minutes, page.FindAll("#chart-speed-title")[0].ParentElement!.ParentElement!.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("2.0 MiB/s", page.Find(".chart-sum").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_no_colour_of_its_own_is_one_share()
    {
        var shares = SizeShare.Of([.. Enumerable.Range(0, 12).Select(i => new SizeShare($"s{i}", 12 - i, $"series/s{i}"))]);

        Assert.Equal(Charts.Palette.Length, shares.Count);
        Assert.Equal(StatisticsTexts.Of("Others", 5), shares[^1].Name);
        Assert.Equal(5 + 4 + 3 + 2 + 1, shares[^1].Bytes);
        Assert.Null(shares[^1].Href);
    }

    [Fact]
    public void Without_files_it_says_so()
    {
        var page = Shown();

        Assert.Equal(StatisticsTexts.Of("EmptyTitle"), page.Find(".state-title").TextContent);
        Assert.Equal(StatisticsTexts.Of("SpeedNone"), page.Find(".chart-sum").TextContent);
        Assert.Empty(page.FindAll("svg.mud-chart-line"));
    }

    private IRenderedComponent<StatisticsPage> Shown()
    {
        var page = _world.Render<StatisticsPage>();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("figure")), Patience);
        return page;
    }

    private void Have(int episodes)
    {
        _world.AddSeries("Mondlotse", episodes);
        using var database = _world.Database();
        foreach (var episode in database.Episodes.ToList())
        {
            database.Add(new EpisodeFile { EpisodeId = episode.Id, Path = $"{episode.Number}.mp4", Size = 1 << 30, Language = Language.DeDub });
        }

        database.SaveChanges();
    }
}
