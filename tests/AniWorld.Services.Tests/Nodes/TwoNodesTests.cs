using AniWorld.Data.Downloads;
using AniWorld.SampleSite;
using AniWorld.Services.Downloads;
using AniWorld.Services.Progress;
using AniWorld.Services.Tests.Downloads;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

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
        await using var one = await StartSlowAsync();
        var ids = await FetchingAsync(one, 3);

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
        await using var one = await StartSlowAsync();
        var id = (await FetchingAsync(one, 1))[0];
        await using var other = await one.StartBesideAsync();

        await other.Queue.PauseAsync(TestContext.Current.CancellationToken);
        await one.UntilAsync(id, DownloadStatus.Paused);
        await other.Queue.RemoveAsync(id, TestContext.Current.CancellationToken);
        await one.UntilAsync(() => Task.FromResult(one.Partials.Count == 0 && one.Get<ActiveDownloads>().Count == 0), () => string.Join(' ', one.Partials));
    }

    [Fact]
    public async Task What_is_removed_while_it_runs_elsewhere_and_put_back_at_once_begins_when_the_other_node_has_let_go()
    {
        await using var one = await StartSlowAsync();
        var id = (await FetchingAsync(one, 1))[0];
        await using var other = await one.StartBesideAsync();

        await other.Queue.RemoveAsync(id, TestContext.Current.CancellationToken);
        var before = await one.ItemAsync(id);
        Assert.Equal(1, await other.RunAsync(other.Get<QueueEdits>().PutBackAsync([id], TestContext.Current.CancellationToken)));
        one.Settings.ChangeDownloads(downloads => downloads with { SpeedLimitMbps = 0 });
        await AllDoneAsync(one, [id]);

        Assert.NotNull(before.LeaseOwner);
        Assert.Equal(before.LeaseNumber + 1, (await one.ItemAsync(id)).LeaseNumber);
        await AssertOnceEachAsync(one, 1);
    }

    [Fact]
    public async Task An_episode_that_is_queued_anew_waits_until_the_removed_download_of_it_has_ended()
    {
        await using var one = await StartSlowAsync();
        var first = (await FetchingAsync(one, 1))[0];
        await using var other = await one.StartBesideAsync();
        await using (var database = one.Database())
        {
            // As when the node that has it is frozen, and sees nothing of the removal.
            await database.Downloads.Where(i => i.Id == first).ExecuteUpdateAsync(
                set => set.SetProperty(i => i.LeaseOwner, "frozen"), TestContext.Current.CancellationToken);
        }

        await other.Queue.RemoveAsync(first, TestContext.Current.CancellationToken);
        var anew = (await other.EnqueueAsync(Long, [1]))[0];
        await one.UntilAsync(anew, DownloadStatus.Resolving);
        Assert.Null((await one.ItemAsync(anew)).FilePath);
        one.Time.Advance(TimeSpan.FromSeconds(61));
        one.Settings.ChangeDownloads(downloads => downloads with { SpeedLimitMbps = 0 });

        await AllDoneAsync(one, [anew]);
        await AssertOnceEachAsync(one, 1);
    }

    [Fact]
    public async Task A_node_that_finds_all_places_taken_by_others_does_not_ask_without_pause()
    {
        await using var one = await QueueWorld.StartOnServerAsync();
        await one.AddAsync(Long);
        await one.Queue.StopAsync(TestContext.Current.CancellationToken);
        await one.EnqueueAsync(Long, [1]);
        await using (var database = one.Database())
        {
            // Due a while ago, and yet not to be had.
            await database.Downloads.ExecuteUpdateAsync(
                set => set.SetProperty(i => i.NextRetryAt, one.Time.GetUtcNow().AddMinutes(-1)), TestContext.Current.CancellationToken);
        }

        var worker = one.Get<IEnumerable<IHostedService>>().OfType<DownloadWorker>().Single();

        Assert.Equal(TimeSpan.FromSeconds(30), await worker.UntilNextRetryAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_end_at_which_the_line_to_the_database_broke_is_stored_once_and_told_once(bool arrives)
    {
        using var line = new LosingLine(arrives);
        await using var one = await QueueWorld.StartOnServerAsync(lead: line.Lead);
        await one.AddAsync(Long);
        var ids = await one.EnqueueAsync(Long, [1]);

        await AllDoneAsync(one, ids);
        await one.UntilAsync(() => Task.FromResult(one.Get<ActiveDownloads>().Count == 0), () => "running");

        Assert.Equal(1, line.Breaks);
        await AssertOnceEachAsync(one, 1);
        await one.UntilAsync(() => Task.FromResult(one.Events.OfType<DownloadCompleted>().Any()), () => string.Join(' ', one.Events));
        Assert.Single(one.Events.OfType<DownloadCompleted>());
        Assert.Empty(one.Events.OfType<DownloadFailed>());
    }

    /// <summary>A node whose downloads take a while.</summary>
    private static async Task<QueueWorld> StartSlowAsync()
    {
        var world = await QueueWorld.StartOnServerAsync(new SampleSiteOptions { PadTo = 8 << 20 });
        world.Settings.ChangeDownloads(downloads => downloads with { SpeedLimitMbps = 0.25 });
        return world;
    }

    /// <returns>So many downloads, each with its first bytes on disk.</returns>
    private static async Task<IReadOnlyList<Guid>> FetchingAsync(QueueWorld world, int count)
    {
        await world.AddAsync(Long);
        var ids = await world.EnqueueAsync(Long, Enumerable.Range(1, count));
        foreach (var id in ids)
        {
            await world.UntilAsync(id, item => item.DownloadedBytes > 0);
        }

        return ids;
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
