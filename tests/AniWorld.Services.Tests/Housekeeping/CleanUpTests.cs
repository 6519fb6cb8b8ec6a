using AniWorld.Data.Downloads;
using AniWorld.Data.History;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Housekeeping;
using AniWorld.Services.Library;
using AniWorld.Services.Scheduling;
using AniWorld.Services.Tests.Downloads;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Services.Tests.Housekeeping;

[Trait("Database", "both")]
public sealed class CleanUpTests : IAsyncLifetime
{
    private QueueWorld _world = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Own => Path.Join(_world.Library, ".aniworld");

    private DataFolder Data => _world.Get<DataFolder>();

    public async ValueTask InitializeAsync()
    {
        _world = await QueueWorld.StartAsync(change: services => services.AddHousekeeping());
        await _world.AddAsync();
        _world.Get<LibraryAccess>().Open(databaseKnowsFiles: false);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Old_trash_and_quarantine_of_ours_go_and_all_else_in_the_library_stays()
    {
        Put(Path.Join(Own, "trash", "20260901T120000Z", "Serie", "a.mp4"));
        Put(Path.Join(Own, "trash", "20261120T120000Z", "Serie", "b.mp4"));
        Put(Path.Join(Own, "trash", "my own folder", "c.mp4"));
        Put(Path.Join(Own, "quarantine", "bad.mp4"), daysOld: 40);
        Put(Path.Join(Own, "quarantine", "bad.mp4.reason.txt"), daysOld: 40);
        Put(Path.Join(Own, "quarantine", "new.mp4"), daysOld: 4);
        Put(Path.Join(Own, "quarantine", "new.mp4.reason.txt"), daysOld: 4);
        Put(Path.Join(Own, "quarantine", "mine.mp4"), daysOld: 400);
        Put(Path.Join(_world.Library, "Serie", "video.mp4"), daysOld: 4_000);
        Put(Path.Join(_world.Library, "Serie", "video.mp4.part"), daysOld: 4_000);

        Assert.Equal("Removed: trash: 1. quarantine: 1.", (await RunAsync()).Message.ToString());

        Assert.Equal(
            [
                ".aniworld/quarantine/mine.mp4", ".aniworld/quarantine/new.mp4", ".aniworld/quarantine/new.mp4.reason.txt",
                ".aniworld/trash/20261120T120000Z/Serie/b.mp4", ".aniworld/trash/my own folder/c.mp4", "Serie/video.mp4", "Serie/video.mp4.part",
            ],
            Directory.EnumerateFiles(_world.Library, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_world.Library, path))
                .Where(path => !path.EndsWith("marker", StringComparison.Ordinal) && !path.EndsWith(".ignore", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Partial_files_of_a_removed_download_go_unless_the_episode_is_in_the_queue_again()
    {
        var removed = await ItemAsync(1, deletedDaysAgo: 2);
        var again = await ItemAsync(2, deletedDaysAgo: 2);
        await ItemAsync(2, deletedDaysAgo: null);

        await RunAsync();

        Assert.False(File.Exists(removed + ".part"));
        Assert.True(File.Exists(again + ".part"));
    }

    [Fact]
    public async Task Covers_of_series_that_were_never_added_go()
    {
        await using (var database = _world.Database())
        {
            await database.Series.ExecuteUpdateAsync(set => set.SetProperty(s => s.CoverUrl, "https://site.example/cover.jpg"), Token);
        }

        var owned = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("https://site.example/cover.jpg"u8))[..32] + ".jpg";
        Put(Path.Join(Data.Covers, owned), daysOld: 400);
        Put(Path.Join(Data.Covers, "0123456789abcdef.png"), daysOld: 31);
        Put(Path.Join(Data.Covers, "fedcba9876543210.png"), daysOld: 29);

        await RunAsync();

        Assert.Equal([owned, "fedcba9876543210.png"], Directory.GetFiles(Data.Covers).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Old_logs_and_old_history_go_by_their_ages()
    {
        Put(Path.Join(Data.Logs, "aniworld-20261101.json"), daysOld: 21);
        Put(Path.Join(Data.Logs, "aniworld-20261121.json"), daysOld: 1);
        Put(Path.Join(Data.Logs, "notes.txt"), daysOld: 900);
        await using (var database = _world.Database())
        {
            database.Add(new HistoryEvent { Kind = "download.completed" });
            database.Add(new ScanRun { Id = Guid.NewGuid(), State = ScanState.Completed, StartedAt = _world.Time.GetUtcNow() });
            await database.SaveChangesAsync(Token);
            await database.History.ExecuteUpdateAsync(set => set.SetProperty(e => e.CreatedAt, _world.Time.GetUtcNow().AddDays(-731)), Token);
            database.Add(new HistoryEvent { Kind = "download.completed" });
            await database.SaveChangesAsync(Token);
        }

        await RunAsync();

        Assert.Equal(["aniworld-20261121.json", "notes.txt"], Directory.GetFiles(Data.Logs).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        await using var after = _world.Database();
        Assert.Equal((1, 1), (await after.History.CountAsync(Token), await after.ScanRuns.CountAsync(Token)));
    }

    [Fact]
    public async Task A_library_that_is_not_mounted_is_left_out_and_the_rest_is_done()
    {
        await using (var database = _world.Database())
        {
            var episode = await database.Episodes.FirstAsync(Token);
            database.Add(new EpisodeFile { EpisodeId = episode.Id, Path = "Serie/a.mp4", Language = Language.DeDub });
            await database.SaveChangesAsync(Token);
        }

        Directory.Delete(_world.Library, recursive: true);
        Put(Path.Join(Data.Logs, "aniworld-20261101.json"), daysOld: 21);

        var outcome = await RunAsync();

        Assert.Contains("trash: left out", outcome.Message.ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Data.Logs));
        Assert.False(Directory.Exists(_world.Library));
    }

    private Task<WorkOutcome> RunAsync() => _world.Get<CleanUp>().RunAsync(Token);

    private void Put(string path, int daysOld = 0)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "x");
        File.SetLastWriteTimeUtc(path, _world.Time.GetUtcNow().AddDays(-daysOld).UtcDateTime);
    }

    /// <returns>The target's path, whose partial file is there.</returns>
    private async Task<string> ItemAsync(int number, int? deletedDaysAgo)
    {
        var path = $"Serie/Season 01/Serie - S01E0{number}";
        await using var database = _world.Database();
        var item = new DownloadQueueItem
        {
            Id = Guid.NewGuid(),
            SeriesKey = QueueWorld.Key,
            SeriesName = "Serie",
            SeriesFolder = "Serie",
            Season = 1,
            Number = number,
            Language = Language.DeDub,
            Status = deletedDaysAgo is null ? DownloadStatus.Paused : DownloadStatus.Cancelled,
            FilePath = path,
            PausedByUser = true,
            DeletedAt = deletedDaysAgo is { } days ? _world.Time.GetUtcNow().AddDays(-days) : null,
        };
        database.Add(item);
        await database.SaveChangesAsync(Token);
        Put(Path.Join(_world.Library, path + ".part"));
        return Path.Join(_world.Library, path);
    }
}
