using System.Globalization;
using AniWorld.Data;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.RestBench;

/// <summary>
/// A library and a queue larger than most: 5,000 series, or BENCH_SERIES, of 24 episodes, half of them on disk, and four waiting downloads for each.
/// </summary>
internal static class LargeLibrary
{
    private const int Episodes = 24;
    private const int AtOnce = 250;

    public static int Series { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("BENCH_SERIES"), CultureInfo.InvariantCulture, out var given) ? given : 5_000;

    public static int Waiting => Series * 4;

    public static async Task FillAsync(IDbContextFactory<AniWorldDbContext> databases)
    {
        foreach (var some in Enumerable.Range(0, Series).Chunk(AtOnce))
        {
            await SaveAsync(databases, some.Select(Make));
        }

        await QueueAsync(databases, Waiting);
    }

    /// <summary>So many downloads that wait.</summary>
    public static async Task QueueAsync(IDbContextFactory<AniWorldDbContext> databases, int count)
    {
        foreach (var some in Enumerable.Range(0, count).Chunk(AtOnce))
        {
            await SaveAsync(databases, some.Select(MakeDownload));
        }
    }

    private static async Task SaveAsync(IDbContextFactory<AniWorldDbContext> databases, IEnumerable<object> rows)
    {
        await using var database = await databases.CreateDbContextAsync();
        database.AddRange(rows);
        await database.SaveChangesAsync();
    }

    private static AnimeSeries Make(int index)
    {
        var series = new AnimeSeries
        {
            Key = $"series-{index}",
            Name = $"Die lange Reise Nr. {index * 7919 % Series}",
            Site = "example.org",
            Folder = $"Die lange Reise Nr. {index} (2020)",
            Link = $"https://example.org/anime/stream/series-{index}",
            Provider = "aniworld",
            Year = 1990 + (index % 35),
            CoverUrl = "https://example.org/cover.jpg",
        };
        for (var number = 1; number <= Episodes; number++)
        {
            var episode = new Episode { Season = 1, Number = number, Absolute = number, Titles = { ["de"] = $"Folge {number}", ["en"] = $"Episode {number}" } };
            episode.Availability.Add(new EpisodeAvailability { Language = Language.DeSub, Hosters = ["Rangeo", "Streamix"] });
            episode.Availability.Add(new EpisodeAvailability { Language = Language.DeDub, Hosters = ["Rangeo"] });
            if (number % 2 == 0)
            {
                episode.Files.Add(new EpisodeFile { Language = Language.DeDub, Path = $"{series.Folder}/Season 01/E{number:00}.mp4", Size = 300 << 20 });
            }

            series.Episodes.Add(episode);
        }

        return series;
    }

    private static DownloadQueueItem MakeDownload(int index) => new()
    {
        Id = Guid.NewGuid(),
        SeriesKey = $"series-{index / 12}",
        SeriesName = $"Die lange Reise Nr. {index / 12}",
        SeriesFolder = $"Die lange Reise Nr. {index / 12} (2020)",
        Season = 1,
        Number = (index % 12 * 2) + 1,
        Title = "Eine Folge",
        Language = Language.DeDub,
        Status = DownloadStatus.Pending,
        Position = index,
    };
}
