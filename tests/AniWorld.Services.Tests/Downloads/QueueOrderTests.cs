using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.SampleSite;
using AniWorld.Services.Progress;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Tests.Downloads;

/// <summary>Who runs, who waits, and what becomes of it when things end unexpectedly.</summary>
[Trait("Database", "both")]
public sealed class QueueOrderTests
{
    private const string Series = "chronik-der-tausend-boten";

    [Fact]
    public async Task A_high_priority_takes_the_place_of_the_youngest_that_is_less_important()
    {
        await using var world = await SlowWorldAsync();
        var running = await world.EnqueueAsync(Series, [1, 2, 3]);
        await MovingAsync(world, running);

        var urgent = Assert.Single(await world.EnqueueAsync(Series, [9], DownloadPriority.High));

        await MovingAsync(world, [urgent, .. running.Take(2)]);
        var aside = await world.ItemAsync(running[2]);
        Assert.Equal((DownloadStatus.Pending, 0, (string?)null), (aside.Status, aside.RetryCount, aside.Error));
        Assert.Contains(world.Partials, path => path.Contains("E03", StringComparison.Ordinal));

        world.Site.Faults.Clear();
        world.Settings.ChangeDownloads(downloads => downloads with { SpeedLimitMbps = 0 });
        foreach (var id in (Guid[])[.. running, urgent])
        {
            await world.UntilAsync(id, DownloadStatus.Completed);
        }

        // What had come of the one that gave way was gone on with.
        Assert.Contains(world.HosterRequests, request => request.Path.Contains("/1/3/", StringComparison.Ordinal)
            && request.Range is { } range && !range.StartsWith("bytes=0-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Equals_do_not_push_each_other_aside_and_neither_does_one_that_failed_before()
    {
        await using var world = await SlowWorldAsync();
        var running = await world.EnqueueAsync(Series, [1, 2, 3]);
        await MovingAsync(world, running);
        var equal = Assert.Single(await world.EnqueueAsync(Series, [4]));
        var failed = Assert.Single(await world.EnqueueAsync(Series, [5], DownloadPriority.Low));
        await using (var database = world.Database())
        {
            await database.Downloads.Where(item => item.Id == failed).ExecuteUpdateAsync(set => set
                .SetProperty(item => item.Priority, DownloadPriority.High).SetProperty(item => item.Error, "http_500: It failed."));
        }

        await world.Queue.StartAsync();
        var until = world.Time.GetUtcNow().AddSeconds(1);
        await world.UntilAsync(() => Task.FromResult(world.Time.GetUtcNow() > until), () => "");

        Assert.All(await Task.WhenAll(running.Select(world.ItemAsync)), item => Assert.Equal(DownloadStatus.Downloading, item.Status));
        Assert.Equal(DownloadStatus.Pending, (await world.ItemAsync(equal)).Status);
        Assert.Equal(DownloadStatus.Pending, (await world.ItemAsync(failed)).Status);
    }

    [Fact]
    public async Task A_thousand_waiting_ones_keep_their_order_over_a_restart_and_what_ran_goes_first()
    {
        await using var world = await SlowWorldAsync();
        await MovingAsync(world, (await world.EnqueueAsync(Series, Enumerable.Range(1, 500))).Take(3));
        await using (var database = world.Database())
        {
            database.AddRange(Enumerable.Range(501, 500).Select(number => new DownloadQueueItem
            {
                Id = Guid.NewGuid(),
                SeriesKey = "elsewhere",
                SeriesName = "Elsewhere",
                SeriesFolder = "Elsewhere",
                Season = 1,
                Number = number,
                Language = Language.DeDub,
                Position = 2_000 - number,
                Priority = (DownloadPriority)(number % 2),
            }));
            await database.SaveChangesAsync(TestContext.Current.CancellationToken);

            // As after kill -9: nobody gave anything back.
            await world.Queue.StopAsync();
            await world.UntilAsync(async () => (await world.Queue.StateAsync()).Active.Count == 0, () => "active");
            await database.Downloads.Where(item => item.Number <= 3).ExecuteUpdateAsync(set => set
                .SetProperty(item => item.Status, DownloadStatus.Downloading)
                .SetProperty(item => item.LeaseOwner, "killed")
                .SetProperty(item => item.LeaseUntil, world.Time.GetUtcNow().AddMinutes(1)));
        }

        var before = await OrderAsync(world);
        await world.StopAsync();
        await world.StartAsync();
        await world.UntilAsync(async () => (await world.Queue.StateAsync()).Active.Count == 0, () => "active");

        Assert.Equal(1_000, before.Count);
        Assert.Equal(before, await OrderAsync(world));
        var state = await world.Queue.StateAsync();
        Assert.Equal(1_000, state.Statistics.PendingCount);
        Assert.Equal(before.Take(100), state.Pending.Select(item => item.Id));

        await world.Queue.StartAsync();
        await MovingAsync(world, before.Take(3));
    }

    [Fact]
    public async Task The_same_episodes_queued_by_many_at_once_are_queued_once()
    {
        await using var world = await QueueWorld.StartAsync();
        await world.AddAsync(Series);
        await world.Queue.StopAsync();

        var added = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => world.EnqueueAsync(Series, Enumerable.Range(1, 20)))));

        Assert.Equal(20, added.Sum(ids => ids.Count));
        Assert.Equal(20, (await world.Queue.StateAsync()).Statistics.PendingCount);
    }

    private static async Task<List<Guid>> OrderAsync(QueueWorld world) => [.. (await world.Queue.ListAsync(null, 1, 2_000)).Items.Select(item => item.Id)];

    private static async Task<QueueWorld> SlowWorldAsync()
    {
        var world = await QueueWorld.StartAsync(new SampleSiteOptions { PadTo = 8 << 20 });
        world.Settings.ChangeDownloads(downloads => downloads with { SpeedLimitMbps = 0.5 });
        await world.AddAsync(Series);
        return world;
    }

    private static Task MovingAsync(QueueWorld world, IEnumerable<Guid> ids) => world.UntilAsync(
        async () =>
        {
            var progress = world.Get<ProgressService>();
            var items = await Task.WhenAll(ids.Select(world.ItemAsync));
            return items.All(item => item.Status is DownloadStatus.Downloading && progress.Latest(item.Id)?.DownloadedBytes > 1 << 16);
        },
        () => string.Join(", ", world.Get<ProgressService>().ActiveDownloads.Select(one => $"{one.Number}: {one.Phase} {one.DownloadedBytes}")));
}
