using AniWorld.Data.Downloads;
using AniWorld.SampleSite;
using AniWorld.SampleSite.Faults;
using AniWorld.Services.Downloads;
using FaultKind = AniWorld.SampleSite.Faults.FaultKind;

namespace AniWorld.Services.Tests.Downloads;

public sealed class QueueEditsTests
{
    [Fact]
    public async Task A_removed_download_comes_back_to_its_place()
    {
        await using var world = await StoppedAsync();
        var ids = await world.EnqueueAsync(QueueWorld.Key, [1, 2, 3]);
        var removed = await Edits(world).RemoveAsync([ids[0], ids[1]]);
        Assert.Equal([ids[2]], await OrderAsync(world));

        Assert.Equal(2, await Edits(world).PutBackAsync(removed));

        Assert.Equal(ids, await OrderAsync(world));
    }

    [Fact]
    public async Task One_that_was_queued_anew_meanwhile_stays_out()
    {
        await using var world = await StoppedAsync();
        var first = await world.EnqueueAsync();
        var removed = await Edits(world).RemoveAsync([first]);
        var anew = await world.EnqueueAsync();

        Assert.Equal(0, await Edits(world).PutBackAsync(removed));

        Assert.Equal([anew], await OrderAsync(world));
    }

    [Fact]
    public async Task A_running_one_that_is_removed_and_put_back_begins_anew_and_completes()
    {
        await using var world = await QueueWorld.StartAsync(new SampleSiteOptions { PadTo = 8 << 20 });
        await world.AddAsync();
        world.Site.Faults.Add(new Fault(FaultKind.Throttle) { Hoster = "Rangeo", BytesPerSecond = 1 << 19 });
        var id = await world.EnqueueAsync();
        await world.UntilAsync(id, item => item.Status is DownloadStatus.Downloading && world.Partials.Count > 0);
        var removed = await Edits(world).RemoveAsync([id]);
        world.Site.Faults.Clear();

        Assert.Equal(1, await world.RunAsync(Edits(world).PutBackAsync(removed)));

        await world.UntilAsync(id, DownloadStatus.Completed);
        Assert.Single(world.Videos);
        Assert.Empty(world.Partials);
    }

    [Fact]
    public async Task Cleared_failures_come_back_as_failures()
    {
        await using var world = await StoppedAsync();
        var id = await world.EnqueueAsync();
        await using (var database = world.Database())
        {
            database.Downloads.Single().Status = DownloadStatus.Failed;
            await database.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var cleared = await Edits(world).ClearAsync(DownloadStatus.Failed);
        Assert.Equal([id], cleared);
        await Edits(world).PutBackAsync(cleared);

        var item = await world.ItemAsync(id);
        Assert.Equal((DownloadStatus.Failed, null), (item.Status, item.DeletedAt));
    }

    [Fact]
    public async Task The_top_and_the_end_are_those_of_the_same_priority()
    {
        await using var world = await StoppedAsync();
        var high = await world.EnqueueAsync(1, DownloadPriority.High);
        var ids = await world.EnqueueAsync(QueueWorld.Key, [2, 3]);

        await Edits(world).MoveAsync([ids[1]], QueueEnd.Top);
        Assert.Equal([high, ids[1], ids[0]], await OrderAsync(world));

        await Edits(world).MoveAsync([high, ids[1]], QueueEnd.Bottom);
        Assert.Equal([high, ids[0], ids[1]], await OrderAsync(world));
    }

    [Fact]
    public async Task Another_hoster_begins_anew_and_is_asked_first()
    {
        await using var world = await QueueWorld.StartAsync(new SampleSiteOptions { PadTo = 4 << 20 });
        await world.AddAsync();
        world.Site.Faults.Add(new Fault(FaultKind.Throttle) { Hoster = "Rangeo", BytesPerSecond = 1 << 17 });
        var id = await world.EnqueueAsync();
        await world.UntilAsync(id, item => item.Status is DownloadStatus.Downloading && item.Hoster == "Rangeo" && world.Partials.Count > 0);
        var hosters = await Edits(world).HostersAsync(id);
        Assert.Contains(hosters, hoster => hoster is { Name: "Rangeo", IsPresent: true });
        Assert.Contains(hosters, hoster => hoster is { Name: "Plainfile", IsPresent: false, Rest: null });

        Assert.True(await world.RunAsync(Edits(world).FetchFromAsync(id, "Plainfile")));

        var done = await world.UntilAsync(id, DownloadStatus.Completed);
        Assert.Equal("Plainfile", done.Hoster);
        Assert.Single(world.Videos);
        Assert.Empty(world.Partials);
    }

    [Fact]
    public async Task What_another_node_does_not_give_back_keeps_its_bytes_and_goes_on_there()
    {
        await using var world = await StoppedAsync();
        var id = await world.EnqueueAsync();
        await using (var database = world.Database())
        {
            var item = database.Downloads.Single();
            (item.Status, item.LeaseOwner, item.LeaseUntil, item.DownloadedBytes) = (DownloadStatus.Downloading, "another", DateTimeOffset.MaxValue, 7);
            await database.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var asking = Edits(world).FetchFromAsync(id, "Plainfile");
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!asking.IsCompleted)
        {
            world.Time.Advance(TimeSpan.FromSeconds(2));
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        Assert.False(await asking);
        var left = await world.ItemAsync(id);
        Assert.Equal((DownloadStatus.Downloading, "another", 7, false), (left.Status, left.LeaseOwner, left.DownloadedBytes, left.PausedByUser));
    }

    [Fact]
    public async Task A_finished_download_has_no_other_hoster()
    {
        await using var world = await QueueWorld.StartAsync();
        await world.AddAsync();
        var id = await world.EnqueueAsync();
        await world.UntilAsync(id, DownloadStatus.Completed);

        Assert.False(await Edits(world).FetchFromAsync(id, "Plainfile"));
        Assert.Single(world.Videos);
    }

    private static QueueEdits Edits(QueueWorld world) => world.Get<QueueEdits>();

    /// <summary>With a series and a queue that takes nothing.</summary>
    private static async Task<QueueWorld> StoppedAsync()
    {
        var world = await QueueWorld.StartAsync();
        await world.AddAsync();
        await world.Queue.StopAsync();
        return world;
    }

    private static async Task<IReadOnlyList<Guid>> OrderAsync(QueueWorld world) =>
        [.. (await world.Queue.StateAsync()).Pending.Select(item => item.Id)];
}
