using AniWorld.Data.Downloads;
using AniWorld.SampleSite;
using AniWorld.Services.Downloads;
using AniWorld.Services.Tests.Downloads;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Tests.Nodes;

/// <summary>Two whole workers on one PostgreSQL and one library.</summary>
[Trait("Database", "postgresql")]
public sealed class TwoNodesTests
{
    private const string Long = "chronik-der-tausend-boten";

    [Fact]
    public async Task Every_episode_comes_once_whichever_node_fetches_it()
    {
        await using var one = await QueueWorld.StartOnServerAsync();
        await using var other = await one.StartBesideAsync();
        await one.AddAsync(Long);
        var ids = await one.EnqueueAsync(Long, Enumerable.Range(1, 12));

        await AllDoneAsync(one, ids);

        await AssertOnceEachAsync(one, ids.Count);
    }

    [Fact]
    public async Task What_a_node_had_that_lost_the_database_is_finished_by_the_other_one_and_by_it_alone()
    {
        await using var one = await QueueWorld.StartOnServerAsync(new SampleSiteOptions { PadTo = 8 << 20 });
        one.Settings.ChangeDownloads(downloads => downloads with { SpeedLimitMbps = 0.25 });
        await one.AddAsync(Long);
        var ids = await one.EnqueueAsync(Long, Enumerable.Range(1, 3));
        foreach (var id in ids)
        {
            await one.UntilAsync(id, item => item.DownloadedBytes > 0);
        }

        await using var other = await one.StartBesideAsync();
        one.CutOff();
        one.Time.Advance(TimeSpan.FromSeconds(61));
        await AllDoneAsync(other, ids);

        await AssertOnceEachAsync(other, ids.Count);
        Assert.Empty(one.Partials);
    }

    [Fact]
    public async Task A_pause_on_one_node_holds_the_other_and_a_removal_leaves_nothing()
    {
        await using var one = await QueueWorld.StartOnServerAsync(new SampleSiteOptions { PadTo = 8 << 20 });
        one.Settings.ChangeDownloads(downloads => downloads with { SpeedLimitMbps = 0.25 });
        await one.AddAsync(Long);
        var id = (await one.EnqueueAsync(Long, [1]))[0];
        await one.UntilAsync(id, item => item.DownloadedBytes > 0);
        await using var other = await one.StartBesideAsync();

        await other.Queue.PauseAsync(TestContext.Current.CancellationToken);
        await one.UntilAsync(id, DownloadStatus.Paused);
        await other.Queue.RemoveAsync(id, TestContext.Current.CancellationToken);
        await one.UntilAsync(() => Task.FromResult(one.Partials.Count == 0 && one.Get<ActiveDownloads>().Count == 0), () => string.Join(' ', one.Partials));
    }

    private static Task AllDoneAsync(QueueWorld world, IReadOnlyList<Guid> ids) => world.UntilAsync(
        async () =>
        {
            await using var database = world.Database();
            return await database.Downloads.CountAsync(item => ids.Contains(item.Id) && item.Status == DownloadStatus.Completed) == ids.Count;
        },
        () => $"{world.Videos.Count} of {ids.Count} files; {string.Join(' ', world.Partials)}");

    private static async Task AssertOnceEachAsync(QueueWorld world, int count)
    {
        Assert.Equal(count, world.Videos.Count);
        await using var database = world.Database();
        Assert.Equal(count, await database.History.CountAsync(happened => happened.Kind == "download.completed"));
        Assert.Equal(count, await database.EpisodeFiles.CountAsync());
    }
}
