using AniWorld.Data;
using AniWorld.Data.Library;
using AniWorld.Data.Sqlite;
using AniWorld.E2E.Processes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AniWorld.E2E.Library;

/// <summary>More series than anybody has.</summary>
[Trait("Kind", "browser")]
public sealed class LargeLibraryTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const int Series = 10_000;

    [Fact]
    public async Task Of_ten_thousand_series_the_page_holds_those_in_view()
    {
        await using var sample = await SampleServer.StartReadyAsync();
        await FillAsync(sample.Server.Data);
        await using var context = await chromium.NewContextAsync(sample.Address, sample.Token);
        var page = await context.NewPageAsync();
        foreach (var (path, row) in new[] { ("/library", ".poster"), ("/library?view=table", ".series-table-row[aria-rowindex]") })
        {
            await page.GotoAsync(path);
            await SeeFewRowsAsync(page, row, there: "Serie 00001", away: "Serie 10000");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("10,000");

            await page.EvaluateAsync("window.scrollTo(0, document.documentElement.scrollHeight)");
            await SeeFewRowsAsync(page, row, there: "Serie 10000", away: "Serie 00001");

            await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search the library" }).FillAsync("09999");
            await Expect(page.Locator(row)).ToHaveCountAsync(1);
        }
    }

    private static async Task SeeFewRowsAsync(IPage page, string row, string there, string away)
    {
        await Expect(page.GetByText(there, new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByText(away, new() { Exact = true })).ToHaveCountAsync(0);
        Assert.InRange(await page.Locator(row).CountAsync(), 5, 150);
    }

    private static async Task FillAsync(string data)
    {
        await using var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System).AddSqliteDatabase(DatabaseFile.PathIn(data)).BuildServiceProvider();
        var databases = services.GetRequiredService<IDbContextFactory<AniWorldDbContext>>();
        foreach (var numbers in Enumerable.Range(1, Series).Chunk(1_000))
        {
            await using var database = await databases.CreateDbContextAsync();
            database.AddRange(numbers.Select(Make));
            await database.SaveChangesAsync();
        }
    }

    private static AnimeSeries Make(int number) => new()
    {
        Key = $"serie-{number:00000}",
        Name = $"Serie {number:00000}",
        Site = "example.org",
        Folder = $"Serie {number:00000}",
        Link = $"https://example.org/anime/stream/serie-{number:00000}",
        Provider = "aniworld",
    };
}
